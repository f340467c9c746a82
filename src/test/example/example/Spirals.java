package example;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataKind;
import org.eigensweep.data.DataRequest;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;

/** Points on spiral arms in the plane, one class an arm. */
public final class Spirals implements DataKind {
  @Override
  public String name() {
    return "spirals";
  }

  @Override
  public List<String> options() {
    return List.of("arms", "noise", "seed");
  }

  @Override
  public DataSource open(DataRequest request, Configuration hadoop) {
    return new Source(
        request.trainExamples(),
        request.testExamples(),
        (int) request.integer("arms", 2),
        request.number("noise", 0.1),
        request.integer("seed", 0));
  }

  private record Source(int trainExamples, int testExamples, int arms, double noise, long seed)
      implements DataSource {
    @Override
    public InputShape shape() {
      return InputShape.vector(2);
    }

    @Override
    public int classes() {
      return arms;
    }

    @Override
    public Split load(Configuration hadoop) {
      return new Split(loadTraining(hadoop), points("test", testExamples, seed + 1));
    }

    @Override
    public Dataset loadTraining(Configuration hadoop) {
      return points("train", trainExamples, seed);
    }

    private Dataset points(String part, int count, long root) {
      SplittableRandom random = new SplittableRandom(root);
      float[] inputs = new float[2 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = i % arms;
        double radius = random.nextDouble();
        double angle = 2 * Math.PI * (radius + (double) labels[i] / arms);
        inputs[2 * i] = (float) (radius * Math.cos(angle) + noise * random.nextGaussian());
        inputs[2 * i + 1] = (float) (radius * Math.sin(angle) + noise * random.nextGaussian());
      }
      String source = "spirals:%s[%d arms, noise %s, seed %d]".formatted(part, arms, noise, seed);
      return Dataset.of(source, shape(), arms, inputs, labels);
    }
  }
}
