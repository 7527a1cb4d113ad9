package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    private Path out;

    @Test
    void aRowForEachPointOfTheLogAndOfTheResult() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 1).evaluation(1, 0.25).finish();
        export(run, new Csv(null));

        String who = "pals," + run.trial().id() + ",shared,annealed,1,";
        assertThat(Files.readAllLines(out.resolve("pals/csv/shared-annealed-seed1-%s.csv"
                        .formatted(run.trial().id()))))
                .containsExactly(
                        "experiment,trial,adapter,sampler,seed,part,metric,task,step,seconds,value",
                        who + "train,cola.loss,cola,1,0.5,0.01",
                        who + "train,tokens,cola,1,0.5,9.0",
                        who + "train,seconds,cola,1,0.5,0.5",
                        who + "selection,cola.matthews,cola,1,0.5,0.25",
                        who + "selection,average.glue,,1,0.5,0.25",
                        who + "selection,average.paper,,1,0.5,0.25",
                        who + "selection,average.original,,1,0.5,0.25",
                        who + "dev,cola.matthews,,40,20.0,0.5",
                        who + "dev,average.glue,,40,20.0,0.5",
                        who + "dev,average.paper,,40,20.0,0.5",
                        who + "dev,average.original,,40,20.0,0.5",
                        who + "run,parameters,,40,20.0,110.0",
                        who + "run,trainSeconds,,40,20.0,20.0",
                        who + "run,peakMemoryBytes,,40,20.0,2000000.0");
    }

    @Test
    void numbersThatAreNoneAreWrittenAsPandasReadsThem() throws IOException {
        LoggedRun run = LoggedRun.begin(out)
                .log(List.of(
                        "{\"step\":1,\"task\":\"cola\",\"loss\":\"NaN\",\"tokens\":\"Infinity\",\"seconds\":0.5}"));
        export(run, new Csv(null));
        assertThat(rows(run, out.resolve("pals/csv")))
                .anySatisfy(row -> assertThat(row).endsWith(",0.5,NaN"))
                .anySatisfy(row -> assertThat(row).endsWith(",0.5,inf"));
    }

    @Test
    void whatIsExportedAgainIsThereOnce() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 5).finish();
        Csv elsewhere = new Csv(out.resolve("elsewhere"));
        export(run, elsewhere);
        List<String> first = rows(run, out.resolve("elsewhere/pals"));
        export(run, elsewhere);
        assertThat(rows(run, out.resolve("elsewhere/pals"))).isEqualTo(first);
    }

    private static void export(LoggedRun run, Csv csv) {
        new CatchUp(csv).export(List.of(run.folder()), folder -> {});
    }

    private static List<String> rows(LoggedRun run, Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(run.exported().fileName() + ".csv"));
    }
}
