package dev.palette.launch;

import dev.palette.execution.JobTeam;
import dev.palette.experiment.RunPlan;
import dev.palette.kernel.Device;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The devices that trials are to run on, made into slots. */
public final class Devices {
    /** The variable by which CUDA shows a process some GPUs and no others. */
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private static final Pattern CPU = Pattern.compile("cpu(?:\\*(\\d{1,3}))?");
    private static final Pattern GPU = Pattern.compile("cuda:(\\d{1,3})");

    private final RunPlan plan;
    private final int threads;
    private final List<String> gpus;

    /**
     * Devices of this machine.
     *
     * @param threads those that the trials share
     * @param gpus what {@link #VISIBLE} has to say for the first GPU, the second, …
     */
    public Devices(RunPlan plan, int threads, List<String> gpus) {
        this.plan = plan;
        this.threads = threads;
        this.gpus = List.copyOf(gpus);
    }

    /**
     * The names of the GPUs that this process may use.
     *
     * @param count how many the engine sees
     * @param visible the variable {@code CUDA_VISIBLE_DEVICES}, null where it is not set
     */
    public static List<String> names(int count, @Nullable String visible) {
        if (visible == null || visible.isBlank()) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
        return Pattern.compile(",")
                .splitAsStream(visible)
                .map(String::strip)
                .limit(count)
                .toList();
    }

    /** The processors as one slot. */
    public static Slot processors(int threads, int replicas) {
        return new Slot("cpu", Device.CPU, Math.max(1, threads / replicas), replicas, Map.of(VISIBLE, ""));
    }

    /**
     * What each rank of a job has: a GPU of its machine's, or its part of the processors.
     *
     * @param threads of each rank; 0 for its part
     */
    public static Slot ofJob(JobTeam job, int threads) {
        Device device = job.device();
        return new Slot(device.toString(), device, threads == 0 ? job.threads() : threads, job.size(), Map.of());
    }

    /** For a trial that is alone: one slot of all GPUs that are wanted, between which it divides its batches; or as {@link #slots}. */
    public List<Slot> together() {
        List<Place> places = places();
        boolean severalGpus =
                places.size() > 1 && plan.slots() == 1 && places.stream().allMatch(Place::isGpu);
        return severalGpus ? grouped(places, places.size()) : slots();
    }

    /**
     * A slot for each trial that can run at once.
     *
     * @throws PaletteException when the plan names a device that isn't there, or none that is known, or too few for its replicas
     */
    public List<Slot> slots() {
        List<Place> places = places();
        return plan.replicas() > 1 && places.stream().anyMatch(Place::isGpu)
                ? grouped(places, plan.replicas())
                : places.stream().map(place -> slot(place, places.size())).toList();
    }

    private List<Place> places() {
        String wanted = plan.devices();
        if (wanted.equals(RunPlan.AUTO)) {
            wanted = gpus.isEmpty()
                    ? "cpu"
                    : IntStream.range(0, gpus.size()).mapToObj(i -> "cuda:" + i).collect(Collectors.joining(","));
        }
        List<Place> places = new ArrayList<>();
        for (String device : wanted.split(",", -1)) {
            places.addAll(places(device.strip()));
        }
        return places;
    }

    private record Place(String name, String visible) {
        boolean isGpu() {
            return !visible.isEmpty();
        }
    }

    private Slot slot(Place place, int places) {
        int share = Math.max(1, threads / places / plan.replicas());
        Device device = place.isGpu() ? Device.cuda(0) : Device.CPU; // a worker sees no other
        return new Slot(place.name(), device, share, plan.replicas(), environment(place.visible(), places));
    }

    /** Slots of several GPUs each. */
    private List<Slot> grouped(List<Place> places, int replicas) {
        if (plan.slots() > 1
                || places.size() % replicas != 0
                || !places.stream().allMatch(Place::isGpu)) {
            throw new PaletteException(
                    "run.replicas is %d, but the devices are %s with %d trials at once on each; name GPUs whose number is a multiple of it, with run.slots 1"
                            .formatted(replicas, names(places), plan.slots()));
        }
        List<Slot> slots = new ArrayList<>();
        int share = Math.max(1, threads / places.size());
        for (int i = 0; i < places.size(); i += replicas) {
            List<Place> group = places.subList(i, i + replicas);
            String visible = group.stream().map(Place::visible).collect(Collectors.joining(","));
            slots.add(new Slot(names(group), Device.cuda(0), share, replicas, environment(visible, places.size())));
        }
        return slots;
    }

    private static String names(List<Place> places) {
        return places.stream().map(Place::name).collect(Collectors.joining("+"));
    }

    /** Threads that wait for each other by spinning stand in the way of those of other workers on the same processors. */
    private static Map<String, String> environment(String visible, int places) {
        Map<String, String> environment = new TreeMap<>(Map.of(VISIBLE, visible));
        if (places > 1) {
            environment.put("OMP_WAIT_POLICY", "PASSIVE");
        }
        return environment;
    }

    private List<Place> places(String device) {
        Matcher cpu = CPU.matcher(device);
        if (cpu.matches()) {
            int count = cpu.group(1) == null ? 1 : Integer.parseInt(cpu.group(1));
            if (count > 0) {
                return Collections.nCopies(count, new Place("cpu", ""));
            }
        }
        Matcher gpu = GPU.matcher(device);
        if (gpu.matches()) {
            int number = Integer.parseInt(gpu.group(1));
            if (number >= gpus.size()) {
                throw new PaletteException("run.devices names %s, but %s".formatted(device, found()));
            }
            return Collections.nCopies(plan.slots(), new Place(device, gpus.get(number)));
        }
        throw new PaletteException(
                "run.devices is '%s', of which '%s' is no device; expected cuda:0, cuda:1, … or cpu, or cpu*2 for two trials at once on the processors, with commas between them"
                        .formatted(plan.devices(), device));
    }

    private String found() {
        return switch (gpus.size()) {
            case 0 -> "no GPU was found; the processors are called: cpu";
            case 1 -> "the only GPU that was found is cuda:0; name that, or: cpu";
            default ->
                "the GPUs that were found are cuda:0 to cuda:%d; name one of those, or: cpu".formatted(gpus.size() - 1);
        };
    }
}
