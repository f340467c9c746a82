  /* ---- Curves of several seeds as one ---- */

  /* A curve's place among the buckets: at them its own values, between them those of the straight line. */
  function reader(curve, data, steps) {
    var at = data.buckets[curve.at];
    var next = 0;
    function cell(i) {
      return [curve.mean[i], (curve.low || curve.mean)[i], (curve.high || curve.mean)[i]];
    }
    return function (bucket) {
      while (next < at.length && at[next] < bucket) {
        next++;
      }
      if (next === at.length || bucket < at[0]) {
        return null;
      }
      if (at[next] === bucket) {
        return cell(next);
      }
      var share = (steps[bucket] - steps[at[next - 1]]) / (steps[at[next]] - steps[at[next - 1]]);
      var after = cell(next);
      return cell(next - 1).map(function (value, part) {
        return value + share * (after[part] - value);
      });
    };
  }

  /* Over the seeds of a group, where any has a row: step, mean of means, lowest and highest value, number of trials. */
  function combine(curves, data, steps) {
    var there = {};
    var readers = curves.filter(function (curve) {
      return curve;
    }).map(function (curve) {
      data.buckets[curve.at].forEach(function (bucket) {
        there[bucket] = true;
      });
      return reader(curve, data, steps);
    });
    return Object.keys(there).map(Number).sort(function (a, b) {
      return a - b;
    }).map(function (bucket) {
      var sum = 0;
      var low = Infinity;
      var high = -Infinity;
      var count = 0;
      readers.forEach(function (read) {
        var cell = read(bucket);
        if (cell) {
          sum += cell[0];
          low = Math.min(low, cell[1]);
          high = Math.max(high, cell[2]);
          count++;
        }
      });
      return [steps[bucket], sum / count, low, high, count];
    });
  }

  function pointsOf(group, data, quantity, from) {
    return since(from, combine(group.indices.map(function (i) {
      return data.curves[i][quantity];
    }), data, data.steps));
  }

  function since(from, points) {
    return points.filter(function (p) {
      return p[0] >= from;
    });
  }

  function pairsOf(group, data, from) {
    return seriesOf(group.indices.map(function (i) {
      return data.eigenvalues[i];
    }), data, data.pairSteps, from);
  }

  /* A quantity of each layer. */
  function layersOf(group, data, quantity, from) {
    return seriesOf(group.indices.map(function (i) {
      return data.layers.trials[i][quantity];
    }), data, data.layers.steps, from);
  }

  /* Of lists of curves, one for each trial: the first ones together, the second ones and so on. */
  function seriesOf(lists, data, steps, from) {
    var most = Math.max.apply(null, lists.map(function (curves) {
      return curves.length;
    }));
    var series = [];
    for (var place = 0; place < most; place++) {
      series.push(since(from, combine(lists.map(function (curves) {
        return curves[place];
      }), data, steps)));
    }
    return series;
  }
