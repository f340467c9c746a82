package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A layer or vertex of a generated network.
 *
 * @param kind what it is, as in {@code dense}
 * @param from the nodes that it takes, by their place; -1 for the network's input. A node of a
 *     sequence takes the one before.
 * @param options what differs from the kind's defaults, by name
 */
record Node(String kind, List<Integer> from, Map<String, String> options) {
  Node {
    from = List.copyOf(from);
    options = new TreeMap<>(options);
  }

  String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(option(name, Integer.toString(otherwise)));
  }

  double real(String name, double otherwise) {
    return Double.parseDouble(option(name, Double.toString(otherwise)));
  }

  boolean is(String name) {
    return option(name, "no").equals("yes");
  }

  /** Two numbers, as in 2x3; one stands for both. */
  int[] pair(String name, int otherwise) {
    String[] parts = option(name, Integer.toString(otherwise)).split("x", -1);
    int first = Integer.parseInt(parts[0]);
    return new int[] {first, parts.length == 1 ? first : Integer.parseInt(parts[1])};
  }

  Node with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(options);
    changed.put(name, value);
    return new Node(kind, from, changed);
  }

  Node without(String name) {
    Map<String, String> changed = new TreeMap<>(options);
    changed.remove(name);
    return new Node(kind, from, changed);
  }

  Node taking(List<Integer> nodes) {
    return new Node(kind, nodes, options);
  }

  /** As in {@code dense act=tanh from=0,-1 out=3}; {@code from} only where it is not the last. */
  String print(int place) {
    StringBuilder text = new StringBuilder(kind);
    if (!from.equals(List.of(place - 1))) {
      text.append(" from=").append(String.join(",", from.stream().map(String::valueOf).toList()));
    }
    options.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }

  static Node parse(String text, int place) {
    List<String> words = List.of(text.strip().split("\\s+"));
    Map<String, String> options = Case.options(words.subList(1, words.size()));
    String taken = options.remove("from");
    List<Integer> from = new ArrayList<>();
    if (taken == null) {
      from.add(place - 1);
    } else {
      for (String one : taken.split(",", -1)) {
        from.add(Integer.valueOf(one));
      }
    }
    return new Node(words.get(0), from, options);
  }
}
