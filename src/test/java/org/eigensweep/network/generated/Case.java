package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network, its parameters and its data, in one line of text that makes them all again: settings,
 * then nodes, with a bar before each, as in
 *
 * <pre>as=graph classes=2 examples=3 input=vector:4 seed=7 | dense out=3 | output loss=mse</pre>
 *
 * @param settings what differs from the defaults, by name
 * @param nodes the layers and vertices, each after those that it takes
 */
record Case(Map<String, String> settings, List<Node> nodes) {
  Case {
    settings = new TreeMap<>(settings);
    nodes = List.copyOf(nodes);
  }

  static Case parse(String text) {
    String[] parts = text.split("\\|", -1);
    List<Node> nodes = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      nodes.add(Node.parse(parts[i], i - 1));
    }
    return new Case(options(List.of(parts[0].strip().split("\\s+"))), nodes);
  }

  static Map<String, String> options(List<String> words) {
    Map<String, String> options = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        options.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return options;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append('=').append(value).append(' '));
    for (int i = 0; i < nodes.size(); i++) {
      text.append(i == 0 ? "| " : " | ").append(nodes.get(i).print(i));
    }
    return text.toString();
  }

  String setting(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(setting(name, Integer.toString(otherwise)));
  }

  double real(String name, double otherwise) {
    return Double.parseDouble(setting(name, Double.toString(otherwise)));
  }

  boolean is(String name) {
    return setting(name, "no").equals("yes");
  }

  boolean isGraph() {
    return setting("as", "sequence").equals("graph");
  }

  long seed() {
    return Long.parseLong(setting("seed", "1"));
  }

  int examples() {
    return number("examples", 4);
  }

  int classes() {
    return number("classes", 2);
  }

  Input input() {
    return Input.parse(setting("input", "vector:3"));
  }

  Case with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(settings);
    changed.put(name, value);
    return new Case(changed, nodes);
  }

  Case without(String name) {
    Map<String, String> changed = new TreeMap<>(settings);
    changed.remove(name);
    return new Case(changed, nodes);
  }

  Case with(int place, Node node) {
    List<Node> changed = new ArrayList<>(nodes);
    changed.set(place, node);
    return new Case(settings, changed);
  }

  /** Without a node; those that took it take what it took first. */
  Case without(int place) {
    List<Node> kept = new ArrayList<>();
    int before = nodes.get(place).from().get(0);
    for (int i = 0; i < nodes.size(); i++) {
      if (i != place) {
        List<Integer> from = new ArrayList<>();
        for (int taken : nodes.get(i).from()) {
          int now = taken == place ? before : taken;
          from.add(now > place ? now - 1 : now);
        }
        kept.add(nodes.get(i).taking(from));
      }
    }
    return new Case(settings, kept);
  }

  /** The name of a node in the network: DL4J's own in a sequence, which has no names. */
  String name(int place) {
    if (place < 0) {
      return "in";
    }
    return isGraph() ? "n" + place : "layer" + place;
  }
}
