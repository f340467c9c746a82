package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Makes a case smaller while something holds. */
record Shrinker(Predicate<Case> stillFails, int tries) {
  /** Numbers, which have a smallest value; taking their setting away makes them larger. */
  private static final Set<String> NUMBERS =
      Set.of("input", "seed", "as", "examples", "classes", "out");

  /** The smallest case met: no step makes it smaller, or the tries are spent. */
  Case shrink(Case network) {
    Case smallest = network;
    int left = tries;
    boolean smaller = true;
    while (smaller && left > 0) {
      smaller = false;
      for (Case candidate : candidates(smallest)) {
        if (left-- <= 0) {
          break;
        }
        if (stillFails.test(candidate)) {
          smallest = candidate;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  /** The large steps first: fewer nodes, simpler nodes, fewer settings, smaller numbers. */
  static List<Case> candidates(Case network) {
    List<Case> candidates = new ArrayList<>();
    int last = network.nodes().size() - 1;
    for (int i = 0; i < last; i++) {
      candidates.add(network.without(i));
    }
    if (network.isGraph() && network.nodes().stream().allMatch(node -> node.from().size() == 1)) {
      candidates.add(network.without("as"));
    }
    for (String name : network.settings().keySet()) {
      if (!NUMBERS.contains(name)) {
        candidates.add(network.without(name));
      }
    }
    for (int i = 0; i <= last; i++) {
      Node node = network.nodes().get(i);
      for (String name : node.options().keySet()) {
        if (!NUMBERS.contains(name)) {
          candidates.add(network.with(i, node.without(name)));
        }
        if (name.equals("act")) {
          candidates.add(network.with(i, node.with(name, "identity")));
        }
      }
    }
    for (int i = 0; i <= last; i++) {
      smallerSizes(network, i, candidates);
    }
    smallerData(network, candidates);
    candidates.removeIf(candidate -> candidate.toString().equals(network.toString()));
    return candidates;
  }

  private static void smallerSizes(Case network, int place, List<Case> candidates) {
    Node node = network.nodes().get(place);
    if (node.number("out", 1) > 1) {
      candidates.add(network.with(place, node.with("out", "1")));
    }
  }

  private static void smallerData(Case network, List<Case> candidates) {
    for (int fewer : new int[] {1, 2}) {
      if (network.examples() > fewer) {
        candidates.add(network.with("examples", Integer.toString(fewer)));
      }
      if (network.classes() > fewer) {
        candidates.add(network.with("classes", Integer.toString(fewer)));
      }
    }
    Input input = network.input();
    for (int i = 0; i < input.sizes().length; i++) {
      if (input.sizes()[i] > 1) {
        int[] sizes = input.sizes().clone();
        sizes[i]--;
        candidates.add(network.with("input", new Input(input.kind(), sizes).toString()));
      }
    }
  }
}
