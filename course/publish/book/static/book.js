/* What the pages of the book need beyond their theme: the views follow light and dark, what is
   folded is printed open, and a table that scrolls can be reached by keyboard. */
(() => {
  const root = document.documentElement;
  const follow = () => root.setAttribute("data-jp-theme-light", String(root.dataset.theme !== "dark"));
  new MutationObserver(follow).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  follow();

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));

  const reach = () => document.querySelectorAll(".c-scroll, .c-tall, .cell_output .text_html, .table-scroll, pre")
    .forEach((one) => {
      const scrolls = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
      const hidden = getComputedStyle(one).overflowX === "visible" && getComputedStyle(one).overflowY === "visible";
      if (scrolls && !hidden) one.tabIndex = 0;
      else if (one.tabIndex === 0 && !scrolls) one.removeAttribute("tabindex");
    });
  addEventListener("load", reach);
  addEventListener("resize", reach);
})();
