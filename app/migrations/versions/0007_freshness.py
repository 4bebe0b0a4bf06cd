"""What keeps listings true: review periods, reminders, links to confirm, reports, checks of contacts; and use."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STILL_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.add_column("service", sa.Column("review_days", sa.Integer(), nullable=False, server_default="90"))
    op.add_column("service", sa.Column("assured_by", sa.String(), nullable=True))
    _create_reminder()
    _create_reminder_letter()
    _create_confirmation_link()
    _create_contact_check()
    _create_report()
    _create_use()


def _key(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _belongs_to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _create_reminder() -> None:
    op.create_table(
        "reminder",
        _key("id"),
        _key("service_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint("level IN ('editors', 'owners', 'admins')", name=op.f("ck_reminder_level")),
        _belongs_to("reminder", "service", "service_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_service_id"), "reminder", ["service_id"])
    op.create_index(
        "uq_reminder_open",
        "reminder",
        ["service_id"],
        unique=True,
        sqlite_where=STILL_OPEN,
        postgresql_where=STILL_OPEN,
    )


def _create_reminder_letter() -> None:
    op.create_table(
        "reminder_letter",
        _key("service_id"),
        _key("user_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        _belongs_to("reminder_letter", "service", "service_id"),
        _belongs_to("reminder_letter", "user_account", "user_id"),
        sa.PrimaryKeyConstraint("service_id", "user_id", "day", name=op.f("pk_reminder_letter")),
    )


def _create_confirmation_link() -> None:
    op.create_table(
        "confirmation_link",
        _key("id"),
        sa.Column("token_hash", sa.String(), nullable=False),
        _key("service_id"),
        _key("user_id"),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _belongs_to("confirmation_link", "service", "service_id"),
        _belongs_to("confirmation_link", "user_account", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_confirmation_link_token_hash")),
    )
    op.create_index(op.f("ix_confirmation_link_service_id"), "confirmation_link", ["service_id"])


def _create_contact_check() -> None:
    op.create_table(
        "contact_check",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.CheckConstraint("outcome IN ('right', 'wrong', 'none')", name=op.f("ck_contact_check_outcome")),
        sa.CheckConstraint("how IN ('rang', 'visited', 'asked', 'read')", name=op.f("ck_contact_check_how")),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_contact_check")),
    )


def _create_report() -> None:
    outcomes = "outcome IN ('put_right', 'was_right', 'no_report')"
    op.create_table(
        "listing_report",
        _key("id"),
        _key("service_id"),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("address_hash", sa.String(), nullable=True),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("escalated_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.CheckConstraint(outcomes, name=op.f("ck_listing_report_outcome")),
        _belongs_to("listing_report", "service", "service_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_report")),
    )
    for column in ("service_id", "reported_at"):
        op.create_index(op.f(f"ix_listing_report_{column}"), "listing_report", [column])


def _create_use() -> None:
    op.create_table(
        "listing_use",
        sa.Column("day", sa.Date(), nullable=False),
        _key("service_id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('found', 'read', 'recommended', 'copied')", name=op.f("ck_listing_use_kind")),
        _belongs_to("listing_use", "service", "service_id"),
        sa.PrimaryKeyConstraint("day", "service_id", "kind", name=op.f("pk_listing_use")),
    )


def downgrade() -> None:
    tables = ("listing_use", "listing_report", "contact_check", "confirmation_link", "reminder_letter", "reminder")
    for table in tables:
        op.drop_table(table)
    for column in ("assured_by", "review_days"):
        op.drop_column("service", column)
