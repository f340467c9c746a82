  /* ---- A page that is written again while a sweep runs: it loads itself again, and is then as it was left ---- */

  var due = false;
  var paused = false;

  /* Where the focus is, as places among siblings. */
  function pathTo(node) {
    var path = [];
    for (; node && node !== document.body && node.parentNode; node = node.parentNode) {
      path.unshift([Array.prototype.indexOf.call(node.parentNode.children, node), node.tagName]);
    }
    return path;
  }

  function nodeAt(path) {
    return path.reduce(function (node, step) {
      var child = node && node.children[step[0]];
      return child && child.tagName === step[1] ? child : null;
    }, document.body);
  }

  /* The tab's history keeps it: nothing is stored, and the address stays as it is. */
  function loadAgain() {
    var known = {};
    var sheet = document.querySelector('.scroll');
    S.choices(data).forEach(function (choice) {
      known[choice.key] = choice.values;
    });
    history.replaceState({eigensweep: {
      known: known, selection: selection, theme: chosenTheme, fromSwitch: fromSwitch, sorted: sorted, opened: opened,
      filters: byId('filters').open, scroll: [window.scrollX, window.scrollY], sheet: [sheet.scrollLeft, sheet.scrollTop],
      focus: pathTo(document.activeElement)
    }}, '');
    window.location.reload();
  }

  function loadIfDue() {
    if (due && !paused && !printing && !document.hidden) {
      due = false;
      loadAgain();
    }
  }

  /* What was chosen before; of values that are new, what a page shows at first. */
  function recall() {
    var was = history.state && history.state.eigensweep;
    if (!was) {
      return null;
    }
    history.replaceState(null, '');
    S.choices(data).forEach(function (choice) {
      var known = was.known[choice.key] || [];
      selection[choice.key] = choice.values.filter(function (value) {
        return (known.indexOf(value) >= 0 ? was.selection : selection)[choice.key].indexOf(value) >= 0;
      });
    });
    chosenTheme = was.theme;
    fromSwitch = was.fromSwitch;
    sorted = was.sorted;
    opened = was.opened;
    byId('filters').open = was.filters;
    return was;
  }

  function goBackTo(was) {
    var sheet = document.querySelector('.scroll');
    var node = was.focus.length ? nodeAt(was.focus) : null;
    if (node && node.focus) {
      node.focus({preventScroll: true});
    }
    sheet.scrollLeft = was.sheet[0];
    sheet.scrollTop = was.sheet[1];
    window.scrollTo(was.scroll[0], was.scroll[1]);
  }

  function follow() {
    var button = byId('again');
    button.hidden = !data.again;
    if (!data.again) {
      return;
    }
    function say() {
      button.textContent = paused ? 'Follow' : 'Pause';
      button.setAttribute('aria-label', paused ? 'Load the page again as rows arrive' : 'Stop loading the page again');
    }
    button.addEventListener('click', function () {
      paused = !paused;
      say();
      loadIfDue();
    });
    document.addEventListener('visibilitychange', loadIfDue);
    window.addEventListener('afterprint', loadIfDue);
    setTimeout(function () {
      due = true;
      loadIfDue();
    }, 1000 * data.again);
    say();
  }
