  /* ---- Figures ---- */

  function stepOf(point) {
    return 'step ' + F.grouped(point[0]);
  }

  /* The parts of a point, as most figures have them. */
  function readPoint(where) {
    return function (point) {
      return {where: where(point), value: point[1], low: point[2], high: point[3], count: point[4]};
    };
  }

  function tooltip(figure) {
    return function (items) {
      var rows = [].concat(items).filter(function (item) {
        return item.seriesName && (item.seriesType === 'line' || item.seriesType === 'scatter') && item.value && item.value.length > 3;
      });
      if (!rows.length) {
        return '';
      }
      var read = figure.read || readPoint(figure.where || stepOf);
      var body = element('tbody', {}, rows.slice(0, 24).map(function (item) {
        var dot = element('i');
        var point = read(item.value);
        dot.style.background = item.color;
        var spread = point.high > point.low ? F.number(point.low) + ' to ' + F.number(point.high) : '';
        var seeds = point.count > 1 ? point.count + ' seeds' : '';
        return element('tr', {}, [element('td', {}, [dot, item.seriesName]), element('td', {}, F.number(point.value)),
          element('td', {}, spread), element('td', {}, seeds)]);
      }));
      return element('div', {'class': 'tip'}, [element('b', {}, read(rows[0].value).where), element('table', {}, body)]);
    };
  }

  /* Kinds of figures of which a pointer reads points. */
  var POINTED = ['curves', 'layered', 'pairs', 'bars', 'rows'];

  function interactive(figure) {
    var option = figure.option;
    var style = {backgroundColor: isDark() ? '#202934' : '#ffffff', borderColor: isDark() ? '#3a4655' : '#dde2e8',
      textStyle: {color: isDark() ? '#e8ecf1' : '#1d2530', fontSize: 13}, confine: true};
    if (POINTED.indexOf(figure.kind) >= 0) {
      option.tooltip = Object.assign({trigger: 'axis', axisPointer: {type: 'line', axis: figure.kind === 'rows' ? 'y' : 'x',
        lineStyle: {color: '#8894a2', width: 1}}, formatter: tooltip(figure)}, style);
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
    var light = S.figures(data, selection, {dark: false, fromSwitch: fromSwitch, narrow: false}).filter(function (f) {
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
    if (figure.height) {
      chart.style.setProperty('--height', figure.height + 'px');
    }
    var notes = figure.notes.map(function (note) {
      return element('p', {'class': 'note'}, note);
    });
    return element('figure', {id: 'figure-' + figure.id, 'class': figure.kind + ' ' + figure.width},
        [element('figcaption', {}, caption), chart].concat(notes));
  }

  /* Figures of one family share a row: thirds where they come in threes and are as high as others, else halves. */
  function layOut(figures) {
    var families = {};
    figures.forEach(function (figure) {
      families[figure.family] = (families[figure.family] || []).concat([figure]);
    });
    Object.keys(families).forEach(function (name) {
      var family = families[name];
      family.forEach(function (figure, i) {
        var alone = family.length % 2 === 1 && i === family.length - 1;
        figure.width = family.length % 3 === 0 && !figure.height ? 'third' : alone ? 'wide' : 'half';
      });
    });
  }

  /* On paper a figure is as wide as its column, whatever that is: it is drawn once and scaled. */
  var PRINTED = {wide: {width: 940, height: 380}, half: {width: 520, height: 320}, third: {width: 400, height: 300}};

  function heightOf(figure, size) {
    return size.height ? Math.max(size.height, figure.height || 0) : undefined;
  }

  function isNarrow() {
    return !printing && root.clientWidth < 560;
  }

  var drawnNarrow = false;

  function drawFigures() {
    drawnNarrow = isNarrow();
    charts.forEach(function (chart) {
      chart.dispose();
    });
    var figures = S.figures(data, selection, {dark: isDark(), fromSwitch: fromSwitch, narrow: drawnNarrow});
    layOut(figures);
    replace(byId('figures'), figures.length ? figures.map(card)
        : [element('p', {'class': 'panel'}, 'No figure: no ' + page.nouns[0] + ' matches the filters.')]);
    charts = figures.map(function (figure) {
      var place = byId('figure-' + figure.id).querySelector('.chart');
      var size = printing ? PRINTED[figure.width] : {};
      var chart = echarts.init(place, null, {renderer: 'svg', width: size.width, height: heightOf(figure, size)});
      chart.setOption(interactive(figure));
      if (printing) {
        place.querySelector('svg').setAttribute('viewBox', '0 0 ' + size.width + ' ' + heightOf(figure, size));
      }
      return chart;
    });
    window.eigensweep = {data: data, figures: figures, charts: charts, selection: selection};
  }

  var waiting = null;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      if (isNarrow() !== drawnNarrow) {
        drawFigures();
        return;
      }
      charts.forEach(function (chart) {
        chart.resize();
      });
    }, 120);
  });
