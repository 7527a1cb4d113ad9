package dev.palette.experiment;

import dev.palette.adapter.Composed;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.sampler.Annealed;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.task.GlueTasks;
import dev.palette.task.squad.Squad;

/** The words that come with Palette. */
final class BuiltInWords extends Plugin {
    @Override
    protected void configure() {
        adapter("shared", Shared.class, Shared.Options::new);
        adapter("separate", Separate.class, Separate.Options::new);
        adapter("pal", Pal.class, Pal.Options::new);
        adapter("lowRank", LowRank.class, LowRank.Options::new);
        adapter("houlsby", Houlsby.class, Houlsby.Options::new);
        adapter("lhuc", Lhuc.class, Lhuc.Options::new);
        adapter("topAttention", TopAttention.class, TopAttention.Options::new);
        adapter("topLayer", TopLayer.class, TopLayer.Options::new);
        adapter("composed", Composed.class, Composed.Options::new);
        sampling("roundRobin", RoundRobin.class, RoundRobin.Options::new);
        sampling("proportional", Proportional.class, Proportional.Options::new);
        sampling("squareRoot", SquareRoot.class, SquareRoot.Options::new);
        sampling("annealed", Annealed.class, Annealed.Options::new);
        task("squad.v11", Squad.class, Squad.Options::new);
        GlueTasks.words().forEach((word, task) -> task(word, task.type(), task.newBlock()));
    }
}
