"""Other directories: what came in from them, what waits, which listings are one; and an order that never changes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("service", sa.Column("modified_at", MOMENT, nullable=True))
    op.add_column("service", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE service SET number = (SELECT count(*) FROM service AS other WHERE other.slug <= service.slug)")
    op.create_index(op.f("ix_service_number"), "service", ["number"], unique=True)
    op.add_column("listing_draft", sa.Column("proposed", sa.JSON(), nullable=False, server_default="{}"))
    _create_imported_record()
    _create_import_proposal()
    _create_likely_duplicate()
    _create_merged_listing()


def _key(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _is_service(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_service")
    return sa.ForeignKeyConstraint([column], ["service.id"], name=name, ondelete="CASCADE")


def _create_imported_record() -> None:
    op.create_table(
        "imported_record",
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("foreign_id", sa.String(), nullable=False),
        _key("service_id"),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("listing", sa.JSON(), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        _is_service("imported_record", "service_id"),
        sa.PrimaryKeyConstraint("feed", "foreign_id", name=op.f("pk_imported_record")),
    )
    op.create_index(op.f("ix_imported_record_service_id"), "imported_record", ["service_id"])


def _create_import_proposal() -> None:
    op.create_table(
        "import_proposal",
        _key("service_id"),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("listing", sa.JSON(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        _is_service("import_proposal", "service_id"),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_import_proposal")),
    )


def _create_likely_duplicate() -> None:
    op.create_table(
        "likely_duplicate",
        _key("id"),
        _key("one_id"),
        _key("other_id"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("decided", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint("decided IN ('merged', 'different')", name=op.f("ck_likely_duplicate_decided")),
        _is_service("likely_duplicate", "one_id"),
        _is_service("likely_duplicate", "other_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likely_duplicate")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_likely_duplicate_one_id_other_id")),
    )


def _create_merged_listing() -> None:
    op.create_table(
        "merged_listing",
        _key("service_id"),
        _key("into_id"),
        sa.Column("merged_by", sa.String(), nullable=False),
        sa.Column("merged_at", MOMENT, nullable=False),
        _is_service("merged_listing", "service_id"),
        _is_service("merged_listing", "into_id"),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_merged_listing")),
    )
    op.create_index(op.f("ix_merged_listing_into_id"), "merged_listing", ["into_id"])


def downgrade() -> None:
    for table in ("merged_listing", "likely_duplicate", "import_proposal", "imported_record"):
        op.drop_table(table)
    op.drop_column("listing_draft", "proposed")
    op.drop_index(op.f("ix_service_number"), "service")
    for column in ("number", "modified_at"):
        op.drop_column("service", column)
