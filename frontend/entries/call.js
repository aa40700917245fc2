// The call-taker's page.
import { startCall } from "../js/call/page.js";
import { startDrafts, startOutbox } from "../js/draft.js";

const form = document.getElementById("call");
startCall(form); // before drafts: it makes the fields that a draft fills
startDrafts();
document.addEventListener("gz:fresh", ({ detail: { root } }) => {
  if (root.id === "call") startCall(root);
  startDrafts(root);
});
startOutbox();
