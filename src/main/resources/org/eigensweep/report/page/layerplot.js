  /* ---- Figures of one number for each layer ---- */

  function layerTop(layer) {
    return [layer.eigenvalue, layer.eigenvalue, layer.eigenvalue];
  }

  function layerTrace(layer) {
    var error = layer.trace_error || 0;
    return [layer.trace, layer.trace - error, layer.trace + error];
  }

  /* The layers of all studies, in the order in which they first come. */
  function layerNames(shown) {
    var names = [];
    shown.forEach(function (s) {
      s.study.layers.forEach(function (layer) {
        if (names.indexOf(layer.layer) < 0) {
          names.push(layer.layer);
        }
      });
    });
    return names;
  }

  /* A row for each layer; a point's parts are value, row, lowest and highest value. */
  function layerPlot(spec) {
    return function (data, shown, view) {
      var names = layerNames(shown);
      var drawn = shown.map(function (s, i) {
        return {shown: s, offset: 8 * (i - (shown.length - 1) / 2), points: s.study.layers.map(function (layer) {
          var value = spec.value(layer);
          return [value[0], names.indexOf(layer.layer), value[1], value[2]];
        }).filter(function (p) {
          return finite(p[0]);
        })};
      }).filter(function (d) {
        return d.points.length;
      });
      if (!drawn.length) {
        return [];
      }
      var ends = drawn.map(function (d) {
        return d.points.map(function (p) {
          return [p[1], p[0], p[2], p[3]];
        });
      });
      var scaled = scale(extent(ends, false), spec.log && extent(ends, false)[0] > 0);
      var frame = frameOf(view, 1);
      var option = frame.option;
      option.grid.left = view.narrow ? 104 : 148;
      option.grid.right = 24;
      option.xAxis = rowsXAxis(frame, scaled, spec.label);
      option.yAxis = rowsYAxis(frame, names, option.grid.left - 16);
      var lines = rulers(frame, scaled, 'xAxis');
      lines.markLine.label.position = 'end'; /* the first row is on top, so lines end below */
      option.series.push(lines);
      drawn.forEach(function (d) {
        option.series = option.series.concat(dots(d));
      });
      legendOf(option, drawn.map(function (d) {
        return d.shown;
      }));
      var height = Math.max(240, option.grid.top + 56 + names.length * Math.max(22, 10 * drawn.length));
      return [{
        id: spec.id, title: spec.title, about: spec.about, notes: [], option: option, kind: 'rows', family: 'layers', height: height,
        read: function (point) {
          return {where: names[point[1]], value: point[0], low: point[2], high: point[3], count: 1};
        },
        description: spec.title + '. ' + drawn.map(function (d) {
          return d.shown.name + ': ' + d.points.map(function (p) {
            return names[p[1]] + ' ' + number(p[0]);
          }).join(', ');
        }).join('; ') + '.'
      }];
    };
  }

  function rowsXAxis(frame, scaled, label) {
    var axis = yAxis(frame, scaled, label);
    axis.nameGap = 28;
    return axis;
  }

  function rowsYAxis(frame, names, room) {
    var theme = frame.theme;
    return {
      type: 'category', inverse: true, data: names, axisTick: {show: false}, axisLine: {lineStyle: {color: theme.axis}, onZero: false},
      axisLabel: {color: theme.text, fontSize: 12, fontFamily: FONT, width: room, overflow: 'truncate', interval: 0},
      splitLine: {show: true, lineStyle: {color: theme.grid}}
    };
  }

  function dots(drawn) {
    var look = drawn.shown.look;
    return [{
      type: 'scatter', name: drawn.shown.name, color: look.color, symbolSize: 9, symbolOffset: [0, drawn.offset], z: LINE + 1,
      itemStyle: {color: look.color, opacity: 1}, emphasis: {disabled: true},
      data: drawn.points
    }, {
      type: 'custom', name: drawn.shown.name, silent: true, clip: true, z: LINE, encode: {x: [2, 3], y: 1}, data: drawn.points,
      renderItem: function (params, api) {
        var from = api.coord([api.value(2), api.value(1)]);
        var to = api.coord([api.value(3), api.value(1)]);
        return {type: 'line', shape: {x1: from[0], y1: from[1] + drawn.offset, x2: to[0], y2: to[1] + drawn.offset},
          style: {stroke: look.color, lineWidth: 2.4, opacity: 0.6}};
      }
    }];
  }
