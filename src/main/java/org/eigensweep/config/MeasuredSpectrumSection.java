package org.eigensweep.config;

import java.util.List;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.SpectrumPoints;

/**
 * {@code eigensweep.measure.spectrum}.
 *
 * @param every steps between two rows with the eigenspace
 * @param steps of a trial
 */
record MeasuredSpectrumSection(int every, int steps) {
  SpectrumPoints read(Node section) {
    List<Integer> chosen = chosen(section.child("steps"));
    int between = between(section.child("every"));
    Node layers = section.child("layers");
    SpectrumPoints points =
        new SpectrumPoints(
            chosen,
            between,
            section.child("trace-products").integerOfAtLeast(2),
            section.child("density-vectors").integerOfAtLeast(1),
            section.child("density-steps").integerOfAtLeast(1),
            layers.word(Words.of(LayerSpectra.class)));
    if (!points.isEmpty()) {
      return points;
    }
    if (points.layers() == LayerSpectra.ON) {
      throw layers.refuse(
          "off, since no step is chosen", "set eigensweep.measure.spectrum.steps or every");
    }
    return SpectrumPoints.NONE;
  }

  private List<Integer> chosen(Node list) {
    return list.items().isEmpty()
        ? List.of()
        : list.distinct(this::step).stream().sorted().toList();
  }

  private int step(Node node) {
    int step = node.integerIn(0, steps);
    if (step % every != 0 && step != steps) {
      throw node.refuse(
          "a multiple of eigensweep.measure.eigenspace-every = %d, or the last step"
              .formatted(every),
          "only a row with the eigenspace has a spectrum");
    }
    return step;
  }

  private int between(Node node) {
    int between = node.integerOfAtLeast(0);
    if (between % every != 0) {
      throw node.refuse(
          "0 or a multiple of eigensweep.measure.eigenspace-every = " + every,
          "only a row with the eigenspace has a spectrum");
    }
    return between;
  }
}
