"""Everyday words that lead nowhere.

They are listed so that they are not taken for a slip of the finger, and count little where no known phrase holds them.
"""

from app.search.query import vocabulary

PLAIN_WORDS = vocabulary(
    [
        "accept afternoon again ago ahead allow almost alone already although always another answer anybody anyone "
        "area around arrive asked avoid aware away bad bank begin behind believe below beside between bigger "
        "birthday bit black blame blue boat book born both bottom bought box boy bring brother brown bus busy buy "
        "called came careful carry case cat catch cause certain chance cheap check city clear clever clothes cold "
        "colleague come common cool corner correct count couple cousin cross daily dark date deal dear decide deep "
        "difference difficult dinner dirty dog door doubt during early earth easy eat effect either else enjoy "
        "enough even evening ever every everybody everyone everything exact example explain extra eye face fact "
        "fail fall false famous fast fault favour feel fell felt few fight fine finger fire fish fix flat floor "
        "follow food forget forgot friend friends front full fully funny further game garden gave girl give given "
        "glad goes gold good great green grew ground group grow guess guy half hand happen happy hard hate head "
        "heard heavy high hill hold hole holiday hope hoping hot hotel hour house huge hungry idea illegal "
        "important inside issue keep kept kind knew know known large last late later laugh learnt least left leg "
        "legal less letter letting library life light like line list listen little lived lives long look loud love "
        "lovely low luck lucky lunch machine made main make man many market matter maybe mean meet men message "
        "middle might mine minute miss moment monday month more morning most mouth move moved much must myself "
        "nearly need neighbour never next nice night nobody noise none normal north nose note nothing notice now "
        "occasionally often okay once one only opinion order ordinary other others outside own owner page paid "
        "paper part particular party past pay people perhaps person picture piece place plan play plenty point "
        "poor possible present pretty price private probably problem process proper public push put question quick "
        "quiet quite radio rain ran rather reach read ready real reason recent red regular remember reply rest "
        "result rich right river road room round rule safe said same saturday save saw say school seat second "
        "secret see seem seen sell sense sent several shall short shout show side simple since sister site size "
        "sky slow small smell soft sold solve sometimes son soon sorry sort sound south space speak special spend "
        "spoke spring stand star start started state station stay steal step stop store story straight strange "
        "street strong stuck stuff such sudden suggest summer sun sunday sure surprise swim table take taken talk "
        "tall taste tea tell ten terrible test than thank thanks think third thought threw thursday till time tiny "
        "together told tomorrow tonight took top total touch toward town train tree tried trip trouble true trust "
        "try tuesday turn twice type uncle under understand until use used useful usual usually various village "
        "visit wait wake walk wall warm wash watch water wear weather wednesday week weekend weird well went west "
        "whatever wheel whether while white whole whose wide wife win window winter wish within without woman "
        "women wonder wood word world worse worst worth write wrong wrote yard year yes yesterday yet young "
    ]
)
