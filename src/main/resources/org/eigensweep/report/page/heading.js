  /* ---- Heading and foot ---- */

  function unique(key) {
    var all = [];
    rows.forEach(function (row) {
      if (row[key] !== null && row[key] !== undefined && all.indexOf(row[key]) < 0) {
        all.push(row[key]);
      }
    });
    return all;
  }

  function several(names, most) {
    return names.slice(0, most).join(' · ') + (names.length > most ? ' and ' + (names.length - most) + ' more' : '');
  }

  function heading() {
    var said = page.heading();
    byId('title').textContent = said.title;
    document.title = said.name + ' – Eigensweep report';
    byId('facts').textContent = said.facts.filter(function (f) {
      return f.length;
    }).map(function (f) {
      return f.length > 2 ? f.slice(0, 2).join(' / ') + ' / …' : f.join(' / ');
    }).join('  ·  ');
    byId('table-title').textContent = page.title;
    byId('table-about').textContent = page.about;
    replace(byId('state'), page.state());
  }

  function madeOf(what) {
    return 'Made by Eigensweep ' + data.version + ' on ' + data.made.substr(0, 16).replace('T', ' ') + ' UTC from ' + what + ' in '
        + data.folders.join(', ') + '.';
  }

  function foot() {
    replace(byId('footer'), page.foot().map(function (text) {
      return element('p', {}, text);
    }));
  }
