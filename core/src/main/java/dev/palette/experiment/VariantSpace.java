package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.List;

/**
 * The variants of an experiment: what each part of a trial may be.
 *
 * @param encoder where the encoder comes from
 * @param layers layers kept, counted from the embeddings; 0 for all
 * @param tasks what is learnt together, in order
 * @param adapter the parameters added to the encoder
 * @param sampling which task the next batch comes from
 * @param training how it is trained
 */
public record VariantSpace(
        Space<EncoderSource> encoder,
        Space<Integer> layers,
        Space<List<Task>> tasks,
        Space<Adapter> adapter,
        Space<TaskSampling> sampling,
        Space<Training> training)
        implements Space<Variant> {

    @Override
    public Variant at(Choices choices) {
        return new Variant(
                encoder.at(choices),
                layers.at(choices),
                tasks.at(choices),
                adapter.at(choices),
                sampling.at(choices),
                training.at(choices));
    }

    @Override
    public void forEachAxis(Place place, AxisVisitor visitor) {
        encoder.forEachAxis(place.option("encoder"), visitor);
        layers.forEachAxis(place.option("layers"), visitor);
        tasks.forEachAxis(place.option("tasks"), visitor);
        adapter.forEachAxis(place.option("adapter"), visitor);
        sampling.forEachAxis(place.option("sampling"), visitor);
        training.forEachAxis(place.option("training"), visitor);
    }
}
