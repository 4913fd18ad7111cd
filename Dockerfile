# syntax=docker/dockerfile:1
# The dashboard for Production: nothing is embedded, it needs ConnectionStrings:Admin (see docker-compose.yml).

FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The build bundles wwwroot-assets with Node.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /source
# What restore reads comes first, so that a change of code restores nothing anew.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/MnfstRag.Postgres/*.csproj src/MnfstRag.Postgres/packages.lock.json src/MnfstRag.Postgres/
COPY src/MnfstRag.Postgres.Embedded/*.csproj src/MnfstRag.Postgres.Embedded/packages.lock.json src/MnfstRag.Postgres.Embedded/
COPY src/MnfstRag.Admin/*.csproj src/MnfstRag.Admin/packages.lock.json src/MnfstRag.Admin/
RUN dotnet restore src/MnfstRag.Admin --locked-mode
COPY appsettings*.json ./
COPY wwwroot-assets wwwroot-assets
COPY src src
RUN dotnet publish src/MnfstRag.Admin --no-restore --configuration Release --output /publish -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS run
WORKDIR /app
COPY --from=build /publish .
ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
# The image's own unprivileged account.
USER $APP_UID
ENTRYPOINT ["dotnet", "MnfstRag.Admin.dll"]
