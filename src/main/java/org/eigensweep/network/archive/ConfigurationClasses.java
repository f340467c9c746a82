package org.eigensweep.network.archive;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.conf.stepfunctions.StepFunction;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.embeddings.EmbeddingInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The classes that a configuration may name: those on the class path that DL4J means to be named
 * there, its own and the user's. Others are looked up without being initialised, so that none of
 * their code runs, and refused.
 *
 * <p>DL4J reads its configurations with Jackson, which loads and initialises a class before it asks
 * whether it fits. It takes names not only from "@class" but, depending on what is expected, from
 * "type" and from the first element of an array. So every string is looked at.
 */
final class ConfigurationClasses {
  static final String PROPERTY = "@class";

  /** Most different names that are looked up: a name without a class costs a search of all jars. */
  static final int MOST_NAMES = 20_000;

  /** What DL4J's configurations declare to be read by class name. */
  private static final List<Class<?>> KINDS =
      List.of(
          Layer.class,
          GraphVertex.class,
          InputPreProcessor.class,
          InputType.class,
          IActivation.class,
          ILossFunction.class,
          IUpdater.class,
          ISchedule.class,
          Regularization.class,
          LayerConstraint.class,
          IDropout.class,
          IWeightNoise.class,
          IWeightInit.class,
          EmbeddingInitializer.class,
          Distribution.class,
          ReconstructionDistribution.class,
          StepFunction.class);

  private static final Pattern NAME =
      Pattern.compile("\\p{javaJavaIdentifierStart}[\\p{javaJavaIdentifierPart}.]*");

  private final Set<String> seen = new HashSet<>();

  /**
   * Checks a string that must be a class.
   *
   * @throws IllegalArgumentException if it is none on the class path, or one of another kind
   */
  void checkClass(String name) {
    Class<?> found = isName(name) ? find(name) : null;
    if (found == null) {
      throw new BadModelException(
          ("%s: class %s is not on the class path, expected one that is:"
                  + " add its jar with --jars JAR")
              .formatted(ModelArchive.CONFIGURATION, Faults.shortened(name)));
    }
    require(found);
  }

  /**
   * Checks a string that may be anything but a class of another kind.
   *
   * @throws IllegalArgumentException if it is such a class
   */
  void checkText(String text) {
    // A name may stand within others: Jackson reads List<Name> too.
    for (MatchResult word : NAME.matcher(text).results().toList()) {
      String name = word.group();
      if (seen.add(name)) {
        if (seen.size() > MOST_NAMES) {
          throw new BadModelException(
              "%s: more than %d different names, expected the configuration of a network"
                  .formatted(ModelArchive.CONFIGURATION, MOST_NAMES));
        }
        Class<?> found = find(name);
        if (found != null) {
          require(found);
        }
      }
    }
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The class as Jackson would find it, but not initialised; null if there is none. */
  private static Class<?> find(String name) {
    Class<?> found = find(name, Thread.currentThread().getContextClassLoader());
    return found != null ? found : find(name, ConfigurationClasses.class.getClassLoader());
  }

  private static Class<?> find(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (LinkageError e) {
      throw new BadModelException(
          "%s: class %s cannot be loaded (%s), expected its jar and all that it needs on the class path"
              .formatted(ModelArchive.CONFIGURATION, name, Faults.line(e)),
          e);
    }
  }

  private static void require(Class<?> found) {
    if (KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(found))) {
      throw new BadModelException(
          ("%s: names the class %s, expected layers, vertices, activations and other parts of a"
                  + " network: no other code is run for a file")
              .formatted(ModelArchive.CONFIGURATION, found.getName()));
    }
  }
}
