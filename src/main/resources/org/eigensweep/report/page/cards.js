  /* ---- Figures ---- */

  function tooltip(figure) {
    return function (items) {
      var rows = [].concat(items).filter(function (item) {
        return item.seriesName && item.seriesType === 'line' && item.value && item.value.length > 4;
      });
      if (!rows.length) {
        return '';
      }
      var body = element('tbody', {}, rows.slice(0, 24).map(function (item) {
        var dot = element('i');
        dot.style.background = item.color;
        var spread = item.value[3] > item.value[2] ? F.number(item.value[2]) + ' to ' + F.number(item.value[3]) : '';
        var seeds = item.value[4] > 1 ? item.value[4] + ' seeds' : '';
        return element('tr', {}, [element('td', {}, [dot, item.seriesName]), element('td', {}, F.number(item.value[1])),
          element('td', {}, spread), element('td', {}, seeds)]);
      }));
      return element('div', {'class': 'tip'}, [element('b', {}, 'step ' + F.grouped(rows[0].value[0])), element('table', {}, body)]);
    };
  }

  function interactive(figure) {
    var option = figure.option;
    var style = {backgroundColor: isDark() ? '#202934' : '#ffffff', borderColor: isDark() ? '#3a4655' : '#dde2e8',
      textStyle: {color: isDark() ? '#e8ecf1' : '#1d2530', fontSize: 13}, confine: true};
    if (figure.kind === 'curves') {
      option.tooltip = Object.assign({trigger: 'axis', axisPointer: {type: 'line', lineStyle: {color: '#8894a2', width: 1}},
        formatter: tooltip(figure)}, style);
    } else {
      option.tooltip = {show: false};
    }
    return option;
  }

  function save(name, url) {
    var link = element('a', {href: url, download: name});
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  /* A figure of its own, as for a paper: light, on white. */
  function svgOf(figure) {
    var light = F.figures(data, selection, {dark: false, fromSwitch: fromSwitch}).filter(function (f) {
      return f.id === figure.id;
    })[0];
    return F.svg(light);
  }

  function saveSvg(figure) {
    save(figure.id + '.svg', URL.createObjectURL(new Blob([svgOf(figure).text], {type: 'image/svg+xml'})));
  }

  function savePng(figure) {
    var svg = svgOf(figure);
    var image = new Image();
    image.onload = function () {
      var canvas = element('canvas', {width: svg.width * 2, height: svg.height * 2});
      canvas.getContext('2d').drawImage(image, 0, 0, svg.width * 2, svg.height * 2);
      canvas.toBlob(function (blob) {
        save(figure.id + '.png', URL.createObjectURL(blob));
      }, 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg.text);
  }

  /* θ_switch as a reader expects it. */
  function withSubscripts(text) {
    return text.split(/_([a-z]+)/).map(function (part, i) {
      return i % 2 ? element('sub', {}, part) : part;
    });
  }

  function card(figure) {
    var svg = element('button', {type: 'button', 'aria-label': 'Save ' + figure.title + ' as SVG'}, 'SVG');
    var png = element('button', {type: 'button', 'aria-label': 'Save ' + figure.title + ' as PNG'}, 'PNG');
    svg.addEventListener('click', function () {
      saveSvg(figure);
    });
    png.addEventListener('click', function () {
      savePng(figure);
    });
    var caption = [element('h2', {}, figure.title), element('div', {'class': 'save'}, [svg, png])];
    if (figure.about) {
      caption.push(element('p', {'class': 'about'}, withSubscripts(figure.about)));
    }
    var chart = element('div', {'class': 'chart', role: 'img', 'aria-label': figure.description});
    var notes = figure.notes.map(function (note) {
      return element('p', {'class': 'note'}, note);
    });
    return element('figure', {id: 'figure-' + figure.id, 'class': figure.kind + ' ' + figure.width},
        [element('figcaption', {}, caption), chart].concat(notes));
  }

  /* Figures of one family share a row: thirds where they come in threes, else halves. */
  function layOut(figures) {
    var families = {};
    figures.forEach(function (figure) {
      families[figure.family] = (families[figure.family] || []).concat([figure]);
    });
    Object.keys(families).forEach(function (name) {
      var family = families[name];
      family.forEach(function (figure, i) {
        var alone = family.length % 2 === 1 && i === family.length - 1;
        figure.width = family.length % 3 === 0 ? 'third' : alone ? 'wide' : 'half';
      });
    });
  }

  /* On paper a figure is as wide as its column, whatever that is: it is drawn once and scaled. */
  var PRINTED = {wide: {width: 940, height: 380}, half: {width: 520, height: 320}, third: {width: 400, height: 300}};

  function drawFigures() {
    charts.forEach(function (chart) {
      chart.dispose();
    });
    var figures = F.figures(data, selection, {dark: isDark(), fromSwitch: fromSwitch});
    layOut(figures);
    replace(byId('figures'), figures.length ? figures.map(card)
        : [element('p', {'class': 'panel'}, 'No figure: no trial matches the filters.')]);
    charts = figures.map(function (figure) {
      var place = byId('figure-' + figure.id).querySelector('.chart');
      var size = printing ? PRINTED[figure.width] : {};
      var chart = echarts.init(place, null, {renderer: 'svg', width: size.width, height: size.height});
      chart.setOption(interactive(figure));
      if (printing) {
        place.querySelector('svg').setAttribute('viewBox', '0 0 ' + size.width + ' ' + size.height);
      }
      return chart;
    });
    window.eigensweep = {data: data, figures: figures, charts: charts, selection: selection};
  }

  var waiting = null;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      charts.forEach(function (chart) {
        chart.resize();
      });
    }, 120);
  });
