using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MnfstRag.Admin.Data.Migrations
{
    /// <inheritdoc />
    public partial class SettingsRevisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "settings_revisions",
                schema: "admin",
                columns: table => new
                {
                    environment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    protected_content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings_revisions", x => new { x.environment_id, x.number });
                    table.ForeignKey(
                        name: "fk_settings_revisions_environments_environment_id",
                        column: x => x.environment_id,
                        principalSchema: "admin",
                        principalTable: "environments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "settings_revisions",
                schema: "admin");
        }
    }
}
