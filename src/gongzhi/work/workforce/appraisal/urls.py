"""Addresses of appraisal: one's own sheets, rounds, formulas, what the inspectorate notes."""

from django.urls import path

from gongzhi.work.workforce.appraisal.pages import (
    background,
    conduct,
    formulas,
    own,
    rounds,
    sheets,
)

app_name = "appraisal"
urlpatterns = [
    path("appraisal/", own.index, name="index"),
    path("appraisal/background/", background.background, name="background"),
    path("appraisal/background/erase/", background.erase, name="erase_background"),
    path("appraisal/colleagues/<int:key>/", own.colleagues, name="colleagues"),
    path("appraisal/sheets/<int:key>/", sheets.sheet, name="sheet"),
    path("appraisal/sheets/<int:key>/sheet.json", sheets.take_json, name="take_json"),
    path("appraisal/sheets/<int:key>/sheet.csv", sheets.take_csv, name="take_csv"),
    path("appraisal/sheets/<int:key>/comment/", sheets.write_comment, name="comment"),
    path("appraisal/sheets/<int:key>/propose/", rounds.propose, name="propose"),
    path("appraisal/sheets/<int:key>/decide/", rounds.decide, name="decide"),
    path("appraisal/sheets/<int:key>/<slug:item>/", sheets.behind_it, name="behind"),
    path("appraisal/rounds/", rounds.start, name="start"),
    path("appraisal/rounds/<int:key>/", rounds.one, name="round"),
    path("appraisal/rounds/<int:key>/close/", rounds.close, name="close"),
    path("appraisal/objections/<int:key>/", rounds.answer, name="answer"),
    path("appraisal/conduct/", conduct.listed, name="conduct"),
    path("appraisal/conduct/<int:key>/strike/", conduct.strike, name="strike"),
    path("appraisal/formulas/", formulas.listed, name="formulas"),
    path("appraisal/formulas/<slug:code>/", formulas.formula, name="formula"),
    path("appraisal/formulas/<slug:code>/try/", formulas.try_it, name="try"),
    path("appraisal/trials/<int:key>/", formulas.trial, name="trial"),
    path("appraisal/trials/<int:key>/adopt/", formulas.adopt, name="adopt"),
]
