"""The tables, with the names of the Human Services Data Specification (Open Referral UK) where it has one."""

from sqlmodel import SQLModel

from app.models.account import EmailLink, LoginSession, Membership, RecoveryCode, SignInAttempt, UserAccount
from app.models.audit import AuditEntry
from app.models.base import row_id
from app.models.contact import Contact, Phone, Url
from app.models.editing import Availability, ListingDraft, ListingVersion
from app.models.fact import Fact, Source
from app.models.feed import ImportedRecord, ImportProposal, LikelyDuplicate, MergedListing
from app.models.freshness import ConfirmationLink, ContactCheck, Reminder, ReminderLetter
from app.models.little_found import LittleFoundSearch
from app.models.opening import Language, Schedule
from app.models.organization import Organization
from app.models.place import Address, Location, ServiceAtLocation
from app.models.reference import CatalogueGeneration, ReferenceData
from app.models.report import ListingReport
from app.models.ruleset import Ruleset
from app.models.service import Service, ServiceAlias, ServiceArea, ServiceLink
from app.models.taxonomy import Attribute, TaxonomyTerm
from app.models.use import ListingUse

metadata = SQLModel.metadata

__all__ = [
    "Address",
    "Attribute",
    "AuditEntry",
    "Availability",
    "CatalogueGeneration",
    "ConfirmationLink",
    "Contact",
    "ContactCheck",
    "EmailLink",
    "Fact",
    "ImportProposal",
    "ImportedRecord",
    "Language",
    "LikelyDuplicate",
    "ListingDraft",
    "ListingReport",
    "ListingUse",
    "ListingVersion",
    "LittleFoundSearch",
    "Location",
    "LoginSession",
    "Membership",
    "MergedListing",
    "Organization",
    "Phone",
    "RecoveryCode",
    "ReferenceData",
    "Reminder",
    "ReminderLetter",
    "Ruleset",
    "Schedule",
    "Service",
    "ServiceAlias",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceLink",
    "SignInAttempt",
    "Source",
    "TaxonomyTerm",
    "Url",
    "UserAccount",
    "metadata",
    "row_id",
]
