  /* ---- Which trials are shown, and which of them a curve is the mean of ---- */

  function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number') {
      return a - b;
    }
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  }

  function branchPlace(name) {
    var place = FIRST_BRANCHES.indexOf(name);
    return place < 0 ? FIRST_BRANCHES.length : place;
  }

  /* All values of a dimension, in order. */
  function values(rows, key) {
    var seen = {};
    var all = [];
    rows.forEach(function (row) {
      var value = row[key];
      if (value !== null && value !== undefined && !Object.prototype.hasOwnProperty.call(seen, '#' + value)) {
        seen['#' + value] = true;
        all.push(value);
      }
    });
    return all.sort(function (a, b) {
      return (key === 'branch' ? branchPlace(a) - branchPlace(b) : 0) || compare(a, b);
    });
  }

  /* Dimensions that a reader can choose in. */
  function choices(rows, dimensions) {
    return dimensions.map(function (dimension) {
      return {key: dimension.key, label: dimension.label, values: values(rows, dimension.key)};
    }).filter(function (choice) {
      return choice.values.length > 1;
    });
  }

  function everything(choices) {
    var selection = {};
    choices.forEach(function (choice) {
      selection[choice.key] = choice.values.slice();
    });
    return selection;
  }

  function mean(numbers) {
    return numbers.reduce(function (sum, x) {
      return sum + x;
    }, 0) / numbers.length;
  }

  function finite(x) {
    return typeof x === 'number' && isFinite(x);
  }

  /* The learning rate at which plain training ends lowest, or the first. */
  function bestRate(trials) {
    var rates = values(trials, 'learning_rate');
    var best = rates[0];
    var lowest = Infinity;
    rates.forEach(function (rate) {
      var ends = trials.filter(function (t) {
        return t.learning_rate === rate && t.branch === 'plain' && t.status !== 'diverged' && finite(t.progress.last_loss);
      }).map(function (t) {
        return t.progress.last_loss;
      });
      if (ends.length && mean(ends) < lowest) {
        lowest = mean(ends);
        best = rate;
      }
    });
    return best;
  }

  /*
   * What is shown at first: all seeds and branches; of the numbers that a sweep varies the best learning rate and the largest of
   * the others; and where that would be more curves than a reader can tell apart, the first sweep alone.
   */
  function firstSelection(data) {
    var selection = everything(choices(data.trials, DIMENSIONS));
    narrow(data, selection);
    if (selection.experiment && groupsOf(data, selection).length > MOST_AT_FIRST) {
      selection.experiment = [data.trials[0].experiment];
      narrow(data, selection);
    }
    return selection;
  }

  /* One of what each sweep varies; sweeps of one optimiser each may differ in it. */
  function narrow(data, selection) {
    var families = groupsBut(data, selection, ['seed', 'branch', 'a', 'b', 'branch_method', 'learning_rate', 'rank', 'batch_size'],
        ['learning_rate', 'rank', 'batch_size']);
    function each(key, pick) {
      if (selection[key]) {
        var picked = families.map(function (family) {
          return pick(family.trials);
        });
        selection[key] = values(data.trials, key).filter(function (value) {
          return picked.indexOf(value) >= 0;
        });
      }
    }
    function largest(key) {
      return function (trials) {
        return values(trials, key).pop();
      };
    }
    each('learning_rate', bestRate);
    each('rank', largest('rank'));
    each('batch_size', largest('batch_size'));
  }

  function isSelected(row, selection, ignored) {
    return Object.keys(selection).every(function (key) {
      return (ignored || []).indexOf(key) >= 0 || selection[key].indexOf(row[key]) >= 0;
    });
  }

  function groupKey(trial, left) {
    return DIMENSIONS.map(function (d) {
      return d.key;
    }).concat(HIDDEN_KEYS).filter(function (key) {
      return left.indexOf(key) < 0;
    }).map(function (key) {
      return key + '=' + JSON.stringify(trial[key] === undefined ? null : trial[key]);
    }).join(';');
  }

  /* Trials that agree in all but some dimensions, in the order of branches. */
  function groupsBut(data, selection, left, ignored) {
    var byKey = {};
    var groups = [];
    data.trials.forEach(function (trial, index) {
      if (!isSelected(trial, selection, ignored)) {
        return;
      }
      var key = '#' + groupKey(trial, left);
      if (!byKey[key]) {
        byKey[key] = {key: key, first: trial, trials: [], indices: []};
        groups.push(byKey[key]);
      }
      byKey[key].trials.push(trial);
      byKey[key].indices.push(index);
    });
    groups.sort(function (a, b) {
      return branchPlace(a.first.branch) - branchPlace(b.first.branch) || compare(a.first.branch, b.first.branch)
          || compare(a.first.learning_rate, b.first.learning_rate) || compare(a.first.rank, b.first.rank);
    });
    name(groups, left);
    return groups;
  }

  /* What trials differ in, in words; a sweep's name says all that is the same within it. */
  function telling(trials, left) {
    var bySweep = values(trials, 'experiment').map(function (sweep) {
      return trials.filter(function (t) {
        return t.experiment === sweep;
      });
    });
    return DIMENSIONS.filter(function (d) {
      return left.indexOf(d.key) < 0 && (d.key === 'experiment' ? bySweep.length > 1 : bySweep.some(function (of) {
        return values(of, d.key).length > 1;
      }));
    });
  }

  /* Branch first, then whatever tells the groups apart. */
  function name(groups, left) {
    var words = telling(groups.map(function (g) {
      return g.first;
    }), left.concat(['branch']));
    groups.forEach(function (group) {
      group.name = [group.first.branch].concat(words.map(function (d) {
        return (d.symbol || '') + given(group.first[d.key]);
      })).join(', ');
    });
    var taken = {};
    groups.forEach(function (group) {
      var twin = taken['#' + group.name];
      taken['#' + group.name] = (twin || 0) + 1;
      if (twin) {
        group.name += ' (' + (group.first.branch_method || 'a = ' + group.first.a + ', b = ' + group.first.b) + ')';
      }
    });
  }

  function groupsOf(data, selection) {
    return groupsBut(data, selection, ['seed']);
  }

  /* Colour and dash by branch, so that one looks the same in every figure; shades for what else differs. */
  function paint(data, groups, theme) {
    var branches = values(data.trials, 'branch');
    var count = {};
    var done = {};
    groups.forEach(function (g) {
      count['#' + g.first.branch] = (count['#' + g.first.branch] || 0) + 1;
    });
    groups.forEach(function (g) {
      var at = branches.indexOf(g.first.branch);
      var place = branchPlace(g.first.branch) < FIRST_BRANCHES.length ? branchPlace(g.first.branch)
          : FIRST_BRANCHES.length + branches.slice(0, at).filter(function (b) {
            return branchPlace(b) >= FIRST_BRANCHES.length;
          }).length;
      var nth = done['#' + g.first.branch] || 0;
      done['#' + g.first.branch] = nth + 1;
      var many = count['#' + g.first.branch];
      g.color = mix(theme.colors[place % theme.colors.length], theme.paper, many < 2 ? 0 : 0.6 * nth / (many - 1));
      g.dash = DASHES[place % DASHES.length];
      g.symbol = SYMBOLS[(place + nth) % SYMBOLS.length];
      g.z = 10 - Math.min(6, place); /* the trunk, which all branches share, looks like the first of them */
    });
  }

  function mix(color, other, share) {
    function part(hex, at) {
      return parseInt(hex.substr(at, 2), 16);
    }
    var mixed = [1, 3, 5].map(function (at) {
      var x = Math.round(part(color, at) * (1 - share) + part(other, at) * share);
      return (x < 16 ? '0' : '') + x.toString(16);
    });
    return '#' + mixed.join('');
  }
