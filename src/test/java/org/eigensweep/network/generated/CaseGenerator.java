package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** Draws networks: broad on purpose, with layers and options that have no rule. */
final class CaseGenerator {
  private final Random random;
  private Map<String, String> settings;
  private List<Node> nodes;
  private List<InputType> types;
  private Menu menu;

  CaseGenerator(long seed) {
    this.random = new Random(seed);
  }

  /** A network that DL4J's own account of shapes allows. */
  Case next() {
    while (true) {
      boolean plain = random.nextInt(3) > 0;
      settings = new Settings(random, plain).draw();
      menu = new Menu(random, plain);
      nodes = new ArrayList<>();
      types = new ArrayList<>();
      Case empty = new Case(settings, List.of());
      int hidden = random.nextInt(5);
      boolean ok = true;
      for (int i = 0; i < hidden && ok; i++) {
        boolean vertex = empty.isGraph() && random.nextInt(3) == 0;
        ok = vertex ? addVertex() : addLayer();
      }
      flatten();
      if (add(menu.last(type(nodes.size() - 1)), nodes.size() - 1)) {
        return new Case(settings, nodes);
      }
    }
  }

  private InputType type(int place) {
    return place < 0 ? new Case(settings, nodes).input().type() : types.get(place);
  }

  /** Tries some layers until one fits. */
  private boolean addLayer() {
    for (int tries = 0; tries < 20; tries++) {
      int last = nodes.size() - 1;
      if (add(menu.layer(new Case(settings, nodes).input(), type(last), last < 0), last)) {
        return true;
      }
    }
    return false;
  }

  /** A vertex on the last node, and on an earlier one or a branch from it where it takes two. */
  private boolean addVertex() {
    int last = nodes.size() - 1;
    if (random.nextInt(3) == 0) {
      return add(menu.single(type(last)), last);
    }
    int other = random.nextInt(nodes.size() + 1) - 1;
    if (random.nextBoolean() || type(other).getType() != type(last).getType()) {
      if (last < 0 || !add(menu.like(type(last)), other)) {
        return false;
      }
      other = nodes.size() - 1;
    }
    return add(menu.joint(), other, last);
  }

  /** Sequences and images become vectors before most of the last layers. */
  private void flatten() {
    InputType last = type(nodes.size() - 1);
    if (last.getType() == InputType.Type.RNN && random.nextInt(6) != 0) {
      Node pooling = new Node("globalpool", List.of(), Map.of());
      add(random.nextInt(3) > 0 ? pooling : pooling.with("type", "MAX"), nodes.size() - 1);
    }
  }

  private boolean add(Node drawn, Integer... from) {
    Node node = drawn.taking(List.of(from));
    try {
      InputType[] inputs = new InputType[from.length];
      for (int i = 0; i < from.length; i++) {
        inputs[i] = type(from[i]);
      }
      InputType output = Networks.next(new Case(settings, nodes), node, inputs);
      if (output.arrayElementsPerExample() > 40) {
        return false;
      }
      types.add(output);
      nodes.add(node);
      return true;
    } catch (RuntimeException doesNotFit) {
      return false;
    }
  }

  /** Settings of networks, data and parameters. */
  private record Settings(Random random, boolean plain) {
    Map<String, String> draw() {
      Map<String, String> settings = new TreeMap<>();
      settings.put("seed", Integer.toString(random.nextInt(100_000)));
      settings.put("examples", Integer.toString(1 + random.nextInt(6)));
      settings.put("classes", Integer.toString(1 + random.nextInt(4)));
      settings.put("input", input());
      some(settings, 2, "as", "graph");
      some(settings, 4, "type", "FLOAT");
      some(settings, 8, "precision", "float32");
      some(settings, plain ? 50 : 6, "nominibatch", "yes");
      some(settings, 5, "l2", "0.01");
      some(settings, 12, "decay", "0.01");
      some(settings, plain ? 100 : 15, "drop", "dropout");
      some(settings, 8, "training", "yes");
      some(settings, plain ? 100 : 10, "truncated", "yes");
      some(settings, 4, "piecewise", "yes");
      some(settings, 4, "which", "magnitude");
      some(settings, 4, "block", Integer.toString(random.nextInt(3)));
      some(settings, 3, "weights", Menu.one(random, "ties", "rows", "zero", "dead", "large"));
      some(settings, 5, "data", Menu.one(random, "zero", "same", "binary"));
      some(settings, 6, "labels", "one");
      return settings;
    }

    private String input() {
      String planes =
          "%dx%dx%d".formatted(1 + random.nextInt(2), 2 + random.nextInt(4), 2 + random.nextInt(4));
      String steps = "%dx%d".formatted(2 + random.nextInt(2), 1 + random.nextInt(4));
      return switch (random.nextInt(plain ? 9 : 12)) {
        case 0, 1, 2, 3 -> "vector:" + (1 + random.nextInt(4));
        case 4, 5 -> "flat:" + planes;
        // not with channels last: a saved network tells of them in some layers alone
        case 6, 7, 8 -> "image:" + planes;
        case 9 -> "sequence:" + steps;
        case 10 -> "tokens:" + steps;
        default -> "index:" + (2 + random.nextInt(3));
      };
    }

    private void some(Map<String, String> settings, int oneIn, String name, String value) {
      if (random.nextInt(oneIn) == 0) {
        settings.put(name, value);
      }
    }
  }
}
