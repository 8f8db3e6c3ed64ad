(() => {
  if (window.waysWithin) return;
  window.waysWithin = true;
  addEventListener("click", (event) => {
    const way = event.target.closest?.(".rc a[href]");
    if (!way || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (way.target || way.hasAttribute("download") || way.origin !== location.origin) return;
    if (way.pathname.includes("/auth/")) return; // a way out of the app, to sign in again
    event.preventDefault();
    history.pushState(null, "", way.href);
    dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });
})();
