  /* ---- Figures of one curve for each branch ---- */

  function lastStep(groups) {
    return Math.max(1, Math.max.apply(null, groups.map(function (g) {
      return Math.max.apply(null, g.trials.map(function (t) {
        return t.progress.last_step;
      }));
    })));
  }

  function legendNames(series) {
    var names = [];
    series.forEach(function (s) {
      if (s.name && (s.type === 'line' || s.type === 'scatter') && names.indexOf(s.name) < 0) {
        names.push(s.name);
      }
    });
    return names;
  }

  function legendIcons(option, looks) {
    option.legend.data = legendNames(option.series).map(function (name) {
      var look = looks[name];
      return look ? {name: name, icon: undefined, lineStyle: {color: look.color, type: look.dash || 'solid', width: 2.2},
        itemStyle: {color: look.color}} : name;
    });
  }

  /* Of ranges that a few wild points stretch, the middle 96 % of the mean curve; what lies outside leaves the figure. */
  function middle(lines) {
    var all = [];
    lines.forEach(function (points) {
      points.forEach(function (p) {
        all.push(p[1]);
      });
    });
    all.sort(function (a, b) {
      return a - b;
    });
    function quantile(q) {
      return all[Math.min(all.length - 1, Math.floor(q * all.length))];
    }
    var whole = extent(lines, false);
    var low = quantile(0.02);
    var high = quantile(0.98);
    var room = (high - low) * 0.5 || Math.abs(high) * 0.2 || 1;
    var range = [Math.max(whole[0], low - room), Math.min(whole[1], high + room)];
    return {range: range, cut: range[0] > whole[0] || range[1] < whole[1]};
  }

  /*
   * A curve for each group.
   * spec: id, title, quantity, label, about, and scale: log, unit (0 to 1), zero (from 0), robust.
   */
  function curves(spec) {
    return function (data, groups, view) {
      var theme = view.theme;
      var drawn = groups.map(function (g) {
        return {group: g, points: pointsOf(g, data, spec.quantity, view.from)};
      }).filter(function (d) {
        return d.points.length && (spec.scale !== 'log' || d.points.some(function (p) {
          return p[1] > 0;
        }));
      });
      if (!drawn.length) {
        return [];
      }
      var lines = drawn.map(function (d) {
        return d.points;
      });
      var log = spec.scale === 'log';
      var range = extent(lines, log);
      var notes = [];
      if (spec.scale === 'robust') {
        var cut = middle(lines);
        range = cut.range;
        if (cut.cut) {
          notes.push('The axis leaves out a few far values: it spans the middle 96 % of the curves and half as much on either side.');
        }
      }
      if (spec.scale === 'zero') {
        range[0] = Math.min(0, range[0]);
      }
      var scaled = spec.scale === 'unit' ? {low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1]} : scale(range, log);
      if (spec.scale === 'zero' && range[0] === 0) {
        scaled.low = 0;
      }
      var frame = frameOf(view, lastStep(groups));
      var looks = {};
      var option = frame.option;
      option.yAxis = yAxis(frame, scaled, spec.label.replace('χ_k', chi(groups)));
      option.series.push(rulers(frame, scaled));
      drawn.forEach(function (d) {
        var g = d.group;
        looks[g.name] = g;
        option.series.push(line(d.points, g, log));
        if (hasWidth(d.points)) {
          option.series.push(band(d.points, g.color, g.name, log ? scaled.low : -Infinity));
        }
      });
      if (spec.rates) {
        ratesOf(groups).forEach(function (rate) {
          var name = 'η = ' + given(rate);
          looks[name] = {color: theme.muted, dash: [2, 4]};
          option.series.push(line([[view.from, rate, rate, rate, 1], [frame.last, rate, rate, rate, 1]],
              {name: name, color: theme.muted, dash: [2, 4], width: 1.4, z: 2}));
        });
      }
      option.series = option.series.concat(switchMark(frame, groups));
      legendIcons(option, looks);
      return [{id: spec.id, title: spec.title, about: spec.about, notes: notes, option: option, family: spec.family,
        description: describe(spec, drawn), kind: 'curves'}];
    };
  }

  function chi(groups) {
    var one = groups.every(function (g) {
      return g.first.rank === groups[0].first.rank;
    });
    return one ? 'χ' + subscript(groups[0].first.rank) : 'χ_k';
  }

  function ratesOf(groups) {
    var rates = [];
    groups.forEach(function (g) {
      if (rates.indexOf(g.first.learning_rate) < 0) {
        rates.push(g.first.learning_rate);
      }
    });
    return rates.length > 3 ? [] : rates;
  }

  function describe(spec, drawn) {
    return spec.title + ' over steps. ' + drawn.map(function (d) {
      var first = d.points[0];
      var last = d.points[d.points.length - 1];
      return d.group.name + ': ' + number(first[1]) + ' at step ' + grouped(first[0]) + ', ' + number(last[1]) + ' at step '
          + grouped(last[0]);
    }).join('; ') + '.';
  }
