# docker build -t nudgebot .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# quartz, or hangfire where its packages restore
ARG JOB_ENGINE=quartz
RUN dotnet publish src/NudgeBot.Web -c Release -p:JobEngine=$JOB_ENGINE -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# Found beside the program; mount your own over them, or name another folder with NUDGEBOT_CONTENT.
COPY campaigns campaigns
COPY guides guides
COPY calendars calendars
COPY manifests manifests
COPY readiness.yaml readiness.yaml
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
USER $APP_UID
# No HEALTHCHECK: whoever runs the container asks /health/live and /health/ready, as docker-compose.yml does.
ENTRYPOINT ["dotnet", "NudgeBot.Web.dll"]
CMD ["run"]
