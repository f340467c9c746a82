  /* ---- The kinds of figures ---- */

  /* Every kind of figure, in the order of the page. Each gives none, one or more figures; a new kind is a line here. */
  var KINDS = [
    curves({id: 'training-loss', title: 'Training loss', quantity: 'train_loss', label: 'training loss', scale: 'log', family: 'loss',
      about: 'Over the whole training set. Each line is the mean over seeds, each band runs from the lowest to the highest value of any seed.'}),
    curves({id: 'alignment-gradient', title: 'Alignment of the gradient', quantity: 'chi_gradient', label: 'χ_k of the gradient',
      scale: 'unit', family: 'alignment', about: 'How much of the gradient’s norm lies in the dominant space: ‖P_k ∇L‖ / ‖∇L‖.'}),
    curves({id: 'alignment-update', title: 'Alignment of the update', quantity: 'chi_update', label: 'χ_k of the update', scale: 'unit',
      family: 'alignment', about: 'The same of the step that was made, after projection: ‖P_k Δ‖ / ‖Δ‖.'}),
    eigenvalues,
    densityMaps,
    curves({id: 'trace', title: 'Trace of the Hessian', quantity: 'trace', label: 'trace', scale: 'robust', family: 'trace',
      about: 'The sum of all eigenvalues, by Hutch++: the mean curvature times the number of parameters.'}),
    layerCurves({id: 'layer-eigenvalues', title: 'Leading eigenvalue by layer', quantity: 'eigenvalue', label: 'eigenvalue of the layer’s block',
      log: true, about: 'Of each layer’s own diagonal block of the Hessian, in the order of the network.'}),
    layerCurves({id: 'layer-traces', title: 'Trace by layer', quantity: 'trace_share', label: 'part of the trace',
      about: 'What each layer’s block adds to the sum of all of these traces.'}),
    curves({id: 'learning-rate-dominant', title: 'Effective learning rate, dominant', quantity: 'learning_rate_dominant',
      label: 'η in the dominant space', scale: 'robust', family: 'rates', rates: true, about: 'How far a step goes along the gradient within the dominant space: −⟨Δ, P_k g⟩ / ‖P_k g‖².'}),
    curves({id: 'learning-rate-bulk', title: 'Effective learning rate, bulk', quantity: 'learning_rate_bulk', label: 'η in the bulk',
      scale: 'robust', family: 'rates', rates: true, about: 'The same outside of the dominant space: −⟨Δ, (I−P_k) g⟩ / ‖(I−P_k) g‖².'}),
    curves({id: 'distance', title: 'Distance from the switch', quantity: 'distance', label: 'distance in weight space', scale: 'zero',
      family: 'walk',
      about: 'How far the weights have moved since the branches began: ‖θ − θ_switch‖.'}),
    curves({id: 'distance-to-plain', title: 'Distance to plain training', quantity: 'distance_to_plain', label: 'distance in weight space',
      scale: 'zero', family: 'walk', about: 'From where the branch would be at the same step without its projection.'}),
    curves({id: 'test-accuracy', title: 'Test accuracy', quantity: 'test_accuracy', label: 'accuracy on held-out examples',
      scale: 'robust', family: 'walk', about: 'The share of held-out examples that are classified correctly.'})
  ];

  /*
   * All figures that have data.
   * look: dark (light otherwise), fromSwitch (from the first step otherwise)
   */
  function figures(data, selection, look) {
    var groups = groupsOf(data, selection);
    if (!groups.length) {
      return [];
    }
    var view = {theme: look.dark ? DARK : LIGHT, from: look.fromSwitch ? firstSwitch(groups) : 0, narrow: look.narrow};
    paint(data, groups, view.theme);
    var all = [];
    KINDS.forEach(function (kind) {
      all = all.concat(kind(data, groups, view));
    });
    all = all.concat(heatMaps(data, selection, view.theme));
    unlike(all);
    return all;
  }

  /* The earliest end of a trunk; 0 where none has ended. */
  function firstSwitch(groups) {
    var first = Infinity;
    groups.forEach(function (g) {
      g.trials.forEach(function (t) {
        if (t.progress.branch_step >= 0) {
          first = Math.min(first, t.progress.branch_step);
        }
      });
    });
    return first < lastStep(groups) ? first : 0;
  }

  /* Names that differ only in what an id cannot hold get numbers. */
  function unlike(figures) {
    var seen = {};
    figures.forEach(function (figure) {
      seen[figure.id] = (seen[figure.id] || 0) + 1;
      if (seen[figure.id] > 1) {
        figure.id += '-' + seen[figure.id];
      }
    });
  }
