  /* ---- Figures of layers over steps, one for each branch ---- */

  var MOST_ABOVE = 8; /* more names than colours, and than a row of them holds */

  /* Looks of things in an order: one colour each of few, a scale of colours of many. */
  function orderedLooks(names, theme) {
    var many = names.length > MOST_ABOVE;
    return names.map(function (name, i) {
      return {
        name: name, color: many ? ramp(theme, i / (names.length - 1)) : theme.colors[i % theme.colors.length],
        dash: many ? 'solid' : DASHES[i % DASHES.length], width: many ? 1.6 : 2
      };
    });
  }

  /* Of the scale of colours the part that is seen on the page. */
  function ramp(theme, share) {
    var at = (theme === DARK ? 0.4 + 0.6 * share : 0.82 * share) * (HEAT.length - 1);
    var before = Math.min(Math.floor(at), HEAT.length - 2);
    return mix(HEAT[before], HEAT[before + 1], at - before);
  }

  /* Many names stand beside the figure, in their order; a narrow page has room for a row of them alone. */
  function legendBeside(option, count, view) {
    if (count <= MOST_ABOVE || view.narrow) {
      return null;
    }
    option.legend.orient = 'vertical';
    option.legend.left = null;
    option.legend.right = 4;
    option.legend.top = 24;
    option.legend.bottom = 30;
    option.legend.itemGap = 5;
    option.legend.itemWidth = 22;
    option.legend.textStyle.width = 110;
    option.legend.textStyle.overflow = 'truncate';
    option.grid.right = 168;
    option.grid.top = 30;
    return Math.max(320, 84 + 20 * count);
  }

  /*
   * A curve for each layer.
   * spec: id, title, quantity, label, about, and log where it is on a logarithmic axis if nothing forbids that.
   */
  function layerCurves(spec) {
    return function (data, groups, view) {
      if (!data.layers) {
        return [];
      }
      var lines = [];
      var drawn = groups.map(function (g) {
        return {group: g, lines: layersOf(g, data, spec.quantity, view.from)};
      }).filter(function (d) {
        return d.lines.some(function (points) {
          return points.length;
        });
      }).slice(0, 12);
      drawn.forEach(function (d) {
        lines = lines.concat(d.lines);
      });
      var scaled = scaleOfLayers(lines, spec.log);
      return drawn.map(function (d, i) {
        return layerFigure(spec, data.layers.names, d, scaled, view, lastStep(groups), i);
      });
    };
  }

  function scaleOfLayers(lines, wantsLog) {
    var range = extent(lines, false);
    if (!wantsLog && range[0] >= 0 && range[1] <= 1) {
      return {low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1]};
    }
    return scale(range, wantsLog && range[0] > 0);
  }

  function layerFigure(spec, names, drawn, scaled, view, last, place) {
    var frame = frameOf(view, last);
    var option = frame.option;
    var looks = {};
    option.yAxis = yAxis(frame, scaled, spec.label);
    option.series.push(rulers(frame, scaled));
    orderedLooks(names, view.theme).forEach(function (look, i) {
      var points = drawn.lines[i] || [];
      if (points.length) {
        looks[look.name] = look;
        look.symbol = points.length === 1 ? 'circle' : null;
        option.series.push(line(points, look, scaled.log));
        if (hasWidth(points) && names.length <= MOST_ABOVE) {
          option.series.push(band(points, look.color, look.name, scaled.log ? scaled.low : -Infinity));
        }
      }
    });
    option.series = option.series.concat(switchMark(frame, [drawn.group]));
    legendIcons(option, looks);
    return {
      id: spec.id + '-' + slug(drawn.group.name), title: spec.title + ': ' + drawn.group.name, option: option, notes: [],
      kind: 'layered', family: spec.id, height: legendBeside(option, Object.keys(looks).length, view),
      about: place ? '' : spec.about, description: layerWords(spec, names, drawn)
    };
  }

  function layerWords(spec, names, drawn) {
    return spec.title + ' along ' + drawn.group.name + '. ' + names.map(function (name, i) {
      var points = drawn.lines[i] || [];
      var end = points[points.length - 1];
      return end ? name + ': ' + number(points[0][1]) + ' at step ' + grouped(points[0][0]) + ', ' + number(end[1]) + ' at step '
          + grouped(end[0]) : null;
    }).filter(function (words) {
      return words;
    }).join('; ') + '.';
  }
