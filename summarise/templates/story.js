(() => {
  "use strict";
  const form = document.getElementById("filters");
  const output = document.getElementById("shown");
  const facts = [...document.querySelectorAll("[data-fact]")];
  const marks = [...document.querySelectorAll("mark[data-of]")];

  const filter = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const fits = (claim) =>
      chosen.every(([name, value]) => claim.dataset[name].split(" ").includes(value));
    let shown = 0;
    for (const fact of facts) {
      const claims = [...fact.querySelectorAll("[data-claim]")];
      for (const claim of claims) claim.hidden = !fits(claim);
      fact.hidden = claims.every((claim) => claim.hidden);
      shown += fact.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll(".facts tbody")) {
      group.hidden = !group.querySelector("[data-fact]:not([hidden])");
    }
    output.textContent = chosen.length ? `${shown} of ${facts.length} shown` : "";
  };

  const arrive = () => {
    const name = location.hash.slice(1);
    for (const mark of marks) {
      mark.classList.toggle("here", name !== "" && mark.dataset.of.split(" ").includes(name));
    }
    const target = name && document.getElementById(name);
    if (!target) return;
    let folded = false;
    if (target.closest("[hidden]")) {
      form.reset();
      filter();
      folded = true;
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      folded ||= !fold.open;
      fold.open = true;
    }
    if (folded) target.scrollIntoView();
  };

  if (form && facts.length) {
    form.hidden = false;
    form.addEventListener("change", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  addEventListener("hashchange", arrive);
  arrive();
})();
