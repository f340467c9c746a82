  /* ---- Parts of an option for ECharts: axes, lines, bands, the switch ---- */

  var LINE = 6; /* above the rulers, which ECharts draws at 5 whatever they ask for */

  function extent(lines, positive) {
    var low = Infinity;
    var high = -Infinity;
    lines.forEach(function (points) {
      points.forEach(function (p) {
        [p[1], p[2], p[3]].forEach(function (value) {
          if (!positive || value > 0) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        });
      });
    });
    return [low, high];
  }

  function logTicks(low, high) {
    var decades = Math.log(high / low) / Math.LN10;
    var steps = decades > 5 ? [1] : decades > 1.6 ? [1, 3] : decades > 0.8 ? [1, 2, 5]
        : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
    var every = Math.max(1, Math.ceil(decades / 8));
    var ticks = [];
    for (var e = Math.floor(Math.log(low) / Math.LN10); e <= Math.ceil(Math.log(high) / Math.LN10); e++) {
      if (((e % every) + every) % every === 0) {
        steps.forEach(function (m) {
          var tick = Number((m * Math.pow(10, e)).toPrecision(6));
          if (tick >= low && tick <= high) {
            ticks.push(tick);
          }
        });
      }
    }
    return ticks;
  }

  function linearTicks(low, high) {
    var raw = (high - low) / 5;
    var power = Math.pow(10, Math.floor(Math.log(raw) / Math.LN10));
    var step = [1, 2, 2.5, 5, 10].filter(function (m) {
      return m * power >= raw;
    })[0] * power;
    var ticks = [];
    for (var i = Math.ceil(low / step); i * step <= high * (1 + 1e-12); i++) {
      ticks.push(Number((i * step).toPrecision(10)));
    }
    return ticks;
  }

  function scale(range, log) {
    var low = range[0];
    var high = range[1];
    if (log) {
      var margin = Math.max(Math.pow(high / low, 0.04), 1.01);
      low /= margin;
      high *= margin;
      var ticks = high / low < 1.6 ? linearTicks(low, high) : logTicks(low, high);
      return {low: low, high: high, log: true, ticks: ticks};
    }
    var room = (high - low) * 0.04 || Math.abs(high) * 0.1 || 1;
    return {low: low - room, high: high + room, log: false, ticks: linearTicks(low - room, high + room)};
  }

  function yAxis(frame, scaled, label) {
    return {
      type: scaled.log ? 'log' : 'value', min: scaled.low, max: scaled.high, name: label, nameLocation: 'middle',
      nameGap: 52, nameTextStyle: {color: frame.theme.muted, fontSize: 12}, axisLabel: {show: false},
      axisTick: {show: false}, splitLine: {show: false}, axisLine: {show: false}
    };
  }

  /*
   * ECharts has no ticks within a decade: lines of our own, with their numbers before them. By itself it would round the places of
   * such lines to two decimals, and draw none below 0.01 on a logarithmic axis.
   */
  function rulers(frame, scaled, axis) {
    return {
      type: 'line', name: '', data: [], silent: true, z: 0,
      markLine: {
        silent: true, symbol: 'none', precision: -1, animation: false, z: 0,
        lineStyle: {color: frame.theme.grid, type: 'solid', width: 1},
        label: {position: 'start', color: frame.theme.muted, fontSize: 12, fontFamily: FONT, distance: 8},
        data: scaled.ticks.map(function (tick) {
          var at = {label: {formatter: number(tick)}};
          at[axis || 'yAxis'] = tick;
          return at;
        })
      }
    };
  }

  function frameOf(view, last) {
    var theme = view.theme;
    return {
      theme: theme,
      last: last,
      option: {
        animation: false,
        backgroundColor: 'transparent',
        textStyle: {fontFamily: FONT, color: theme.text},
        grid: {left: 72, right: 20, top: 44, bottom: 48},
        legend: {
          type: 'scroll', top: 4, left: 8, right: 8, itemWidth: 30, itemHeight: 9, itemGap: 14, selectedMode: true,
          textStyle: {color: theme.text, fontSize: 12.5, fontFamily: FONT}, inactiveColor: theme.axis,
          pageIconColor: theme.muted, pageTextStyle: {color: theme.muted}
        },
        xAxis: {
          type: 'value', min: view.from, max: last, name: 'step', nameLocation: 'middle', nameGap: 28,
          nameTextStyle: {color: theme.muted, fontSize: 12},
          axisLine: {lineStyle: {color: theme.axis}}, axisTick: {lineStyle: {color: theme.axis}},
          axisLabel: {color: theme.muted, fontSize: 12, hideOverlap: true, formatter: grouped}, splitLine: {show: false}
        },
        series: []
      }
    };
  }

  /* A polygon from the lowest values forth and the highest ones back. */
  function band(points, color, name, floor) {
    return {
      type: 'custom', name: name, silent: true, z: 1, clip: true, tooltip: {show: false},
      encode: {x: 0, y: [1, 2]}, legendHoverLink: false,
      data: points.map(function (p) {
        return [p[0], Math.max(p[2], floor), Math.max(p[3], floor)];
      }),
      renderItem: function (params, api) {
        if (params.dataIndex !== 0) {
          return null;
        }
        var corners = [];
        points.forEach(function (p) {
          corners.push(api.coord([p[0], Math.max(p[3], floor)]));
        });
        for (var i = points.length - 1; i >= 0; i--) {
          corners.push(api.coord([points[i][0], Math.max(points[i][2], floor)]));
        }
        return {type: 'polygon', shape: {points: corners}, style: {fill: color, opacity: 0.17, stroke: 'none'}};
      }
    };
  }

  function hasWidth(points) {
    return points.length > 1 && points.some(function (p) {
      return p[3] > p[2];
    });
  }

  function line(points, look, positive) {
    var marks = Math.max(1, Math.round(points.length / 7));
    return {
      type: 'line', name: look.name, z: look.z || LINE, symbol: look.symbol || 'none', color: look.color,
      showSymbol: true, showAllSymbol: true, symbolSize: 8, connectNulls: false, emphasis: {disabled: true},
      itemStyle: {color: look.color}, lineStyle: {color: look.color, width: look.width || 2, type: look.dash || 'solid'},
      data: points.filter(function (p) {
        return !positive || p[1] > 0;
      }).map(function (p, i) {
        var mark = look.symbol && (i % marks === Math.floor(marks / 2) || points.length === 1);
        return {value: p, symbol: mark ? look.symbol : 'none'};
      })
    };
  }

  /* Where trunks ended: a line, or a strip from the first seed's to the last one's. */
  function switchMark(frame, groups) {
    var ranges = {};
    groups.forEach(function (g) {
      var at = g.trials.map(function (t) {
        return t.progress.branch_step;
      }).filter(function (step) {
        return step >= 0;
      });
      if (at.length) {
        var range = [Math.min.apply(null, at), Math.max.apply(null, at)];
        ranges[range.join()] = range;
      }
    });
    var theme = frame.theme;
    var all = Object.keys(ranges).map(function (key) {
      return ranges[key];
    });
    if (!all.length || all.length > 8) {
      return [];
    }
    var first = Math.min.apply(null, all.map(function (r) {
      return r[0];
    }));
    return [{
      type: 'line', name: '', data: [], silent: true, z: 1,
      markArea: {
        silent: true, itemStyle: {color: theme.axis, opacity: 0.22},
        data: all.filter(function (r) {
          return r[1] > r[0];
        }).map(function (r) {
          return [{xAxis: r[0]}, {xAxis: r[1]}];
        })
      },
      markLine: {
        silent: true, symbol: 'none', precision: -1, animation: false,
        lineStyle: {color: theme.muted, type: [2, 3], width: 1.2},
        data: all.map(function (r, i) {
          return {xAxis: r[0], label: {show: r[0] === first, formatter: 'switch', position: 'end', distance: 4,
            color: theme.muted, fontSize: 12, fontFamily: FONT}};
        })
      }
    }];
  }
