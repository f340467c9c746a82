package org.eigensweep.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.data.DataException;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.linalg.Coordinates;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.saved.SavedNetwork;
import picocli.CommandLine.Option;

/** Which matrix of a saved network is measured, and which part of it. */
final class SubjectOptions {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

  @Option(
      names = "--operator",
      paramLabel = "MATRIX",
      defaultValue = "hessian",
      converter = MatrixConverter.class,
      description = "hessian (the default) or ggn, the generalised Gauss-Newton matrix.")
  private CurvatureMatrix matrix;

  @Option(
      names = {"--layer", "--layers"},
      paramLabel = "NAME",
      split = ",",
      description =
          "Only the diagonal block of these parameters: a layer (layer0), one of its parameters"
              + " (layer0.W) or a range (0:4096). Repeatable, or separated by commas.")
  private final List<String> names = new ArrayList<>();

  @Option(
      names = "--each-layer",
      description = "Besides, leading eigenvalue and trace of every layer's own block.")
  private boolean eachLayer;

  /** The words by which the command line calls the matrices. */
  private static final class MatrixConverter extends WordConverter<CurvatureMatrix> {
    MatrixConverter() {
      super(CurvatureMatrix.class);
    }
  }

  /**
   * What to measure of a network.
   *
   * @param model the network's file, for messages
   * @throws DataException if it has no such parameters, or no such matrix
   */
  SpectrumSubject of(String model, SavedNetwork network) {
    if (matrix == CurvatureMatrix.GGN && network.missingRule().isPresent()) {
      throw new DataException(
          "%s: --operator ggn needs an exact derivative rule for every layer, but %s: take --operator hessian"
              .formatted(model, network.missingRule().get()));
    }
    try {
      return new SpectrumSubject(matrix, block(network), layers(network));
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(model, e.getMessage()), e);
    }
  }

  private Block block(SavedNetwork network) {
    if (names.isEmpty()) {
      return Block.whole(network.parameters().rows());
    }
    List<IndexRange> ranges = names.stream().map(name -> range(name, network)).toList();
    return new Block(String.join(", ", names), Coordinates.union(ranges));
  }

  private static IndexRange range(String name, SavedNetwork network) {
    Matcher numbers = RANGE.matcher(name);
    if (!numbers.matches()) {
      return network.parameterRange(name);
    }
    IndexRange range =
        new IndexRange(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    if (range.to() > network.parameters().rows()) {
      throw new IllegalArgumentException(
          "coordinates %s reach past the network's %d parameters, expected a range within 0:%2$d"
              .formatted(range, network.parameters().rows()));
    }
    return range;
  }

  private List<Block> layers(SavedNetwork network) {
    if (!eachLayer) {
      return List.of();
    }
    return network.layers().stream()
        .map(name -> new Block(name, new Coordinates(List.of(network.parameterRange(name)))))
        .toList();
  }
}
