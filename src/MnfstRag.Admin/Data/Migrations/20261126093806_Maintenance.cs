using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MnfstRag.Admin.Data.Migrations
{
    /// <inheritdoc />
    public partial class Maintenance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "maintenance_rules",
                schema: "admin",
                columns: table => new
                {
                    environment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    four_eyes = table.Column<bool>(type: "boolean", nullable: false),
                    frozen_reason = table.Column<string>(type: "text", nullable: true),
                    frozen_by = table.Column<string>(type: "text", nullable: true),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    frozen_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_maintenance_rules", x => x.environment_id);
                    table.ForeignKey(
                        name: "fk_maintenance_rules_environments_environment_id",
                        column: x => x.environment_id,
                        principalSchema: "admin",
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "maintenance_runs",
                schema: "admin",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    environment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    operation = table.Column<string>(type: "text", nullable: false),
                    targets = table.Column<string[]>(type: "text[]", nullable: false),
                    is_disruptive = table.Column<bool>(type: "boolean", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: true),
                    script = table.Column<string>(type: "text", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: true),
                    done_steps = table.Column<int[]>(type: "integer[]", nullable: false),
                    resumes_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "text", nullable: true),
                    requested_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ends_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_by = table.Column<string>(type: "text", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claim = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_asked_by = table.Column<string>(type: "text", nullable: true),
                    progress = table.Column<string>(type: "text", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    correlation = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_maintenance_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_maintenance_runs_environments_environment_id",
                        column: x => x.environment_id,
                        principalSchema: "admin",
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "maintenance_windows",
                schema: "admin",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    environment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    cron = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_maintenance_windows", x => x.id);
                    table.ForeignKey(
                        name: "fk_maintenance_windows_environments_environment_id",
                        column: x => x.environment_id,
                        principalSchema: "admin",
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "maintenance_journal",
                schema: "admin",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entry = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_maintenance_journal", x => new { x.run_id, x.number });
                    table.ForeignKey(
                        name: "fk_maintenance_journal_maintenance_runs_run_id",
                        column: x => x.run_id,
                        principalSchema: "admin",
                        principalTable: "maintenance_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "maintenance_schedules",
                schema: "admin",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    environment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    operation = table.Column<string>(type: "text", nullable: false),
                    targets = table.Column<string[]>(type: "text[]", nullable: false),
                    is_disruptive = table.Column<bool>(type: "boolean", nullable: false),
                    cron = table.Column<string>(type: "text", nullable: true),
                    once_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    window_id = table.Column<Guid>(type: "uuid", nullable: true),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    needs_approval = table.Column<bool>(type: "boolean", nullable: false),
                    approved_by = table.Column<string>(type: "text", nullable: true),
                    last_fired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_words = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_maintenance_schedules", x => x.id);
                    table.ForeignKey(
                        name: "fk_maintenance_schedules_environments_environment_id",
                        column: x => x.environment_id,
                        principalSchema: "admin",
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_maintenance_schedules_maintenance_windows_window_id",
                        column: x => x.window_id,
                        principalSchema: "admin",
                        principalTable: "maintenance_windows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_runs_environment_id_requested_at",
                schema: "admin",
                table: "maintenance_runs",
                columns: new[] { "environment_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_runs_key",
                schema: "admin",
                table: "maintenance_runs",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_runs_state",
                schema: "admin",
                table: "maintenance_runs",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_runs_targets",
                schema: "admin",
                table: "maintenance_runs",
                column: "targets")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_schedules_environment_id",
                schema: "admin",
                table: "maintenance_schedules",
                column: "environment_id");

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_schedules_window_id",
                schema: "admin",
                table: "maintenance_schedules",
                column: "window_id");

            migrationBuilder.CreateIndex(
                name: "ix_maintenance_windows_environment_id_name",
                schema: "admin",
                table: "maintenance_windows",
                columns: new[] { "environment_id", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "maintenance_journal",
                schema: "admin");

            migrationBuilder.DropTable(
                name: "maintenance_rules",
                schema: "admin");

            migrationBuilder.DropTable(
                name: "maintenance_schedules",
                schema: "admin");

            migrationBuilder.DropTable(
                name: "maintenance_runs",
                schema: "admin");

            migrationBuilder.DropTable(
                name: "maintenance_windows",
                schema: "admin");
        }
    }
}
