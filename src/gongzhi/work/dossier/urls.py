"""Addresses of a matter's dossier."""

from django.urls import path

from gongzhi.work.dossier.pages import case, cases, documents, erasing, evidence, exhibits

app_name = "dossier"
urlpatterns = [
    path("dossier/", cases.cases, name="cases"),
    path("dossier/erasures/", erasing.erasures, name="erasures"),
    path("dossier/erasures/of/", erasing.erasure_of, name="erasure-of"),
    path("dossier/erasures/<int:key>/", erasing.erasure, name="erasure"),
    path("dossier/erasures/<int:key>/approve/", erasing.approve, name="approve-erasure"),
    path("dossier/erasures/<int:key>/reject/", erasing.reject, name="reject-erasure"),
    path("dossier/holds/<int:key>/lift/", erasing.lift, name="lift-hold"),
    path("dossier/<int:key>/propose-erasure/", erasing.propose, name="propose-erasure"),
    path("dossier/<int:key>/hold/", erasing.hold, name="hold"),
    path("dossier/<int:key>/", case.case, name="case"),
    path("dossier/<int:key>/draft/<slug:kind>/", documents.draft, name="draft"),
    path("dossier/documents/<int:key>/approve/", documents.approve, name="approve"),
    path("dossier/documents/<int:key>/issue/", documents.issue, name="issue"),
    path("dossier/documents/<int:key>/read/", documents.read, name="read"),
    path("dossier/<int:key>/evidence/", evidence.add, name="add-evidence"),
    path("dossier/evidence/<int:key>/read/", evidence.read, name="read-evidence"),
    path("dossier/<int:key>/take/", exhibits.take, name="take"),
    path("dossier/exhibits/<int:key>/offer/", exhibits.offer, name="offer"),
    path("dossier/offers/<int:key>/confirm/", exhibits.confirm, name="confirm"),
    path("dossier/offers/<int:key>/withdraw/", exhibits.withdraw, name="withdraw"),
]
