// A link may name the cited passage only as ?doan=…; the address then has no place to scroll to.
if (!window.location.hash) document.querySelector(".is-cited")?.scrollIntoView({ block: "center" });
