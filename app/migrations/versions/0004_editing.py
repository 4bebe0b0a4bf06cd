"""Drafts, the history of listings, what providers say of today, opening hours, languages, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("service", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("source", sa.Column("said_by", sa.String(), nullable=True))
    op.add_column("reference_data", sa.Column("changed_at", MOMENT, nullable=True))
    _create_draft()
    _create_version()
    _create_availability()
    _create_parts()
    _create_audit()


def _belongs_to_service(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_service_id_service")
    return sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=name, ondelete="CASCADE")


def _create_draft() -> None:
    op.create_table(
        "listing_draft",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("contributors", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("sent_by", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'sent', 'returned')", name=op.f("ck_listing_draft_state")),
        _belongs_to_service("listing_draft"),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_listing_draft")),
    )


def _create_version() -> None:
    op.create_table(
        "listing_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("made_by", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("own_approval", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("how IN ('imported', 'edited')", name=op.f("ck_listing_version_how")),
        _belongs_to_service("listing_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_version")),
        sa.UniqueConstraint("service_id", "number", name=op.f("uq_listing_version_service_id_number")),
    )


def _create_availability() -> None:
    states = "state IN ('taking', 'waiting_list', 'paused', 'closed_today')"
    op.create_table(
        "availability",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wait", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.CheckConstraint(states, name=op.f("ck_availability_state")),
        _belongs_to_service("availability"),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_availability")),
    )


def _create_parts() -> None:
    schedule = (sa.Column(name, sa.String(), nullable=False) for name in ("byday", "opens_at", "closes_at"))
    language = (sa.Column("name", sa.String(), nullable=False), sa.Column("sources", sa.JSON(), nullable=False))
    for table, columns in (("schedule", schedule), ("language", language)):
        op.create_table(
            table,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("service_id", sa.Uuid(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            *columns,
            _belongs_to_service(table),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_service_id"), table, ["service_id"])


def _create_audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"])
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"])


def downgrade() -> None:
    for table in ("audit_entry", "language", "schedule", "availability", "listing_version", "listing_draft"):
        op.drop_table(table)
    for table, column in (("reference_data", "changed_at"), ("source", "said_by"), ("service", "version")):
        op.drop_column(table, column)
