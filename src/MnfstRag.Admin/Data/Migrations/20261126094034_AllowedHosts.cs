using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MnfstRag.Admin.Data.Migrations
{
    /// <inheritdoc />
    public partial class AllowedHosts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "allowed_hosts",
                schema: "admin",
                columns: table => new
                {
                    host = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allowed_hosts", x => x.host);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allowed_hosts",
                schema: "admin");
        }
    }
}
