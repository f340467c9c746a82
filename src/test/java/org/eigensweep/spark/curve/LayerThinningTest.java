package org.eigensweep.spark.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eigensweep.spark.session.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Curves of layers, against the numbers that the rows were made of. */
class LayerThinningTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("trial", DataTypes.StringType)
          .add("step", DataTypes.IntegerType)
          .add("layer", DataTypes.StringType)
          .add("eigenvalue", DataTypes.DoubleType)
          .add("trace", DataTypes.DoubleType);

  /** In the network's order, which is not that of the alphabet. */
  private static final List<String> LAYERS =
      List.of("stem", "layer10", "layer9", "it's \"a\" \\ 'layer'", "", "head");

  private static Session session;

  @BeforeAll
  static void start() {
    session = Session.openForTables("layers");
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  private static Row row(String trial, int step, String layer, double eigenvalue, Double trace) {
    return RowFactory.create(trial, step, layer, eigenvalue, trace);
  }

  private static Dataset<Row> table(List<Row> rows) {
    return session.spark().createDataFrame(rows, SCHEMA);
  }

  @Test
  void hasACurveForEachLayerInTheNetworksOrder() {
    List<Row> rows = new ArrayList<>();
    for (int step : new int[] {0, 50, 99}) {
      rows.add(row("b", step, "all", 99, 99.0));
      for (int i = 0; i < LAYERS.size(); i++) {
        rows.add(row("b", step, LAYERS.get(i), step - i, i + 1.0));
      }
    }
    // Another network, whose second layer the first has not.
    rows.add(row("a", 50, "stem", 7, 3.0));
    rows.add(row("a", 50, "tail", 8, -1.0));
    LayerThinning thinning = LayerThinning.of(table(rows));
    LayerCurves thinned = thinning.thinned(new Grid(99, 100));
    assertThat(thinned.names())
        .containsExactly("stem", "layer10", "tail", "layer9", LAYERS.get(3), "", "head");
    assertThat(thinning.curves()).isEqualTo(14);
    assertThat(thinned.curves().rows()).isEqualTo(20);
    for (int i = 0; i < LAYERS.size(); i++) {
      int pair = thinned.names().indexOf(LAYERS.get(i)) + 1;
      Curve eigenvalue = curve(thinned, "b", "eigenvalue", pair);
      assertThat(eigenvalue.mean()).containsExactly(-i, 50 - i, 99 - i);
      assertThat(IntStream.of(eigenvalue.buckets()).map(b -> thinned.curves().steps()[b]).toArray())
          .containsExactly(0, 50, 99);
      for (double share : curve(thinned, "b", "trace_share", pair).mean()) {
        assertThat(share).isCloseTo((i + 1) / 21.0, within(1e-15)); // 1 + 2 + ... + 6, one rounding
      }
    }
    assertThat(curve(thinned, "a", "trace_share", 1).mean()).containsExactly(1.5);
    assertThat(curve(thinned, "a", "trace_share", 3).mean()).containsExactly(-0.5);
  }

  private static Curve curve(LayerCurves thinned, String trial, String quantity, int pair) {
    return thinned.curves().curves().stream()
        .filter(c -> c.trial().equals(trial) && c.quantity().equals(quantity) && c.pair() == pair)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void hasNoShareOfATraceThatIsZeroOrMissing() {
    LayerCurves thinned =
        LayerThinning.of(
                table(
                    List.of(
                        row("a", 0, "one", 1, 2.0),
                        row("a", 0, "two", 1, -2.0),
                        row("b", 0, "one", 1, null),
                        row("c", 0, "one", 1, Double.NaN))))
            .thinned(new Grid(9, 10));
    assertThat(thinned.curves().curves())
        .allMatch(curve -> curve.quantity().equals("eigenvalue"))
        .hasSize(4);
  }

  @Test
  void hasNoLayersWhereOnlyTheWholeWasMeasured() {
    LayerThinning none = LayerThinning.of(table(List.of(row("a", 0, "all", 1, 2.0))));
    assertThat(none.curves()).isZero();
    assertThat(none.thinned(new Grid(9, 10)).names()).isEmpty();
  }
}
