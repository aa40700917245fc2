"""Addresses of outcomes."""

from django.urls import path

from gongzhi.watch.outcomes import api
from gongzhi.watch.outcomes.pages import asking, briefs, everybody, inside

app_name = "outcomes"
urlpatterns = [
    path("about/results/", everybody.results, name="results"),
    path("about/results/surveys/", asking.surveys, name="surveys"),
    path("survey/", asking.survey, name="survey"),
    path("about/results/<slug:code>/", everybody.result, name="result"),
    path("about/results/<slug:code>/figures.csv", everybody.as_file, name="result_file"),
    path("outcomes/", inside.board, name="board"),
    path("outcomes/measures/<slug:code>/", inside.measure, name="measure"),
    path("outcomes/measures/<slug:code>/figures/", inside.as_file, name="file"),
    path("outcomes/measures/<slug:code>/targets/", inside.set_target, name="set_target"),
    path(
        "outcomes/measures/<slug:code>/targets/<int:key>/end/",
        inside.end_target,
        name="end_target",
    ),
    path("outcomes/surveys/", inside.surveys, name="unit_surveys"),
    path("outcomes/brief/", briefs.latest, name="latest_brief"),
    path("outcomes/brief/<slug:week>/", briefs.brief, name="brief"),
    path("outcomes/brief/<slug:week>/paper.pdf", briefs.paper, name="brief_paper"),
    path("api/v1/outcomes/", api.measures, name="api"),
    path("api/v1/outcomes/<slug:code>/", api.measure, name="api_measure"),
]
