package dev.palette.mpi;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.sun.jna.Pointer;
import dev.palette.kernel.Ops;
import dev.palette.train.Communicator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Replicas in processes of their own. Large tensors are summed where they lie; small ones, each of which would cost a message, go
 * together in a bucket. Tensors of a GPU pass through the host's memory.
 *
 * <p>Open MPI's sums are the same bits on every rank: it adds in an order that the ranks' numbers give, not their speed.
 */
public final class MpiCommunicator implements Communicator {
    /** Elements from which on a tensor is sent by itself: 1 MiB. */
    private static final long ALONE_FROM = 1 << 18;

    /** Bytes of one message at most; Open MPI counts elements in 31 bits. */
    private static final int MESSAGE = 1 << 30;

    private final MpiProcess process;
    private final MpiLibrary mpi;
    private final Pointer world;
    private final Pointer floats;
    private final Pointer bytes;
    private final Pointer longs;
    private ByteBuffer bucket = direct(0);
    private long reduced;

    MpiCommunicator(MpiProcess process, MpiLibrary mpi) {
        this.process = process;
        this.mpi = mpi;
        this.world = mpi.handle("ompi_mpi_comm_world");
        this.floats = mpi.handle("ompi_mpi_float");
        this.bytes = mpi.handle("ompi_mpi_byte");
        this.longs = mpi.handle("ompi_mpi_int64_t");
    }

    @Override
    public int rank() {
        return process.rank();
    }

    @Override
    public int size() {
        return process.size();
    }

    /** Bytes of tensors that were summed so far: each rank has contributed as many. */
    public long reducedBytes() {
        return reduced;
    }

    @Override
    public void allReduce(List<NDArray> tensors, Ops ops) {
        tensors.forEach(tensor -> reduced += tensor.size() * Float.BYTES);
        inMemory(tensors, ops, this::sum);
    }

    @Override
    public void broadcast(List<NDArray> tensors, Ops ops) {
        inMemory(tensors, ops, memory -> mpi.call("MPI_Bcast", memory, elements(memory), floats, 0, world));
    }

    private void sum(ByteBuffer memory) {
        mpi.call(
                "MPI_Allreduce",
                MpiLibrary.IN_PLACE,
                memory,
                elements(memory),
                floats,
                mpi.handle("ompi_mpi_op_sum"),
                world);
    }

    @Override
    public byte[] broadcast(byte[] message) {
        int length = Math.toIntExact(first(message.length));
        ByteBuffer buffer = direct(length);
        if (leads()) {
            buffer.put(message).flip();
        }
        for (int from = 0; from < length; from += MESSAGE) {
            ByteBuffer part = buffer.slice(from, Math.min(MESSAGE, length - from));
            mpi.call("MPI_Bcast", part, part.capacity(), bytes, 0, world);
        }
        return array(buffer, 0, length);
    }

    @Override
    public List<byte[]> allGather(byte[] message) {
        ByteBuffer own = direct(Long.BYTES).putLong(0, message.length);
        ByteBuffer lengths = direct(size() * Long.BYTES);
        mpi.call("MPI_Allgather", own, 1, longs, lengths, 1, longs, world);
        int[] counts = new int[size()];
        int[] offsets = new int[size()];
        int total = 0;
        for (int rank = 0; rank < size(); rank++) {
            counts[rank] = Math.toIntExact(lengths.getLong(rank * Long.BYTES));
            offsets[rank] = total;
            total = Math.addExact(total, counts[rank]);
        }
        ByteBuffer sent = direct(message.length).put(message).flip();
        ByteBuffer all = direct(total);
        mpi.call("MPI_Allgatherv", sent, message.length, bytes, all, counts, offsets, bytes, world);
        List<byte[]> messages = new ArrayList<>();
        for (int rank = 0; rank < size(); rank++) {
            messages.add(array(all, offsets[rank], counts[rank]));
        }
        return messages;
    }

    @Override
    public long max(long value) {
        ByteBuffer both = direct(Long.BYTES).putLong(0, value);
        mpi.call("MPI_Allreduce", MpiLibrary.IN_PLACE, both, 1, longs, mpi.handle("ompi_mpi_op_max"), world);
        return both.getLong(0);
    }

    private long first(long value) {
        ByteBuffer shared = direct(Long.BYTES).putLong(0, value);
        mpi.call("MPI_Bcast", shared, 1, longs, 0, world);
        return shared.getLong(0);
    }

    /** What is done with memory of float32 in the machine's byte order. */
    private interface Exchange {
        void on(ByteBuffer memory);
    }

    /** Exchanges tensors: large ones by themselves, the others in a bucket. */
    private void inMemory(List<NDArray> tensors, Ops ops, Exchange exchange) {
        List<NDArray> small = new ArrayList<>();
        for (NDArray tensor : tensors) {
            if (tensor.size() >= ALONE_FROM) {
                exchange(tensor, ops, exchange);
            } else {
                small.add(tensor);
            }
        }
        if (!small.isEmpty()) {
            exchangeTogether(small, ops, exchange);
        }
    }

    private static void exchange(NDArray tensor, Ops ops, Exchange exchange) {
        if (!tensor.getDevice().isGpu()) {
            exchange.on(memory(tensor));
            return;
        }
        try (NDArray host = tensor.toDevice(Device.cpu(), true)) {
            exchange.on(memory(host));
            ops.assign(tensor, host.toDevice(tensor.getDevice(), false));
        }
    }

    private void exchangeTogether(List<NDArray> small, Ops ops, Exchange exchange) {
        long total = small.stream().mapToLong(NDArray::size).sum() * Float.BYTES;
        if (bucket.capacity() < total) {
            bucket = direct(Math.toIntExact(total));
        }
        ByteBuffer together = bucket.slice(0, (int) total).order(ByteOrder.nativeOrder());
        FloatBuffer values = together.asFloatBuffer();
        List<NDArray> hosts = small.stream()
                .map(tensor -> tensor.toDevice(Device.cpu(), false))
                .toList();
        hosts.forEach(host -> values.put(memory(host).asFloatBuffer()));
        exchange.on(together);
        values.rewind();
        for (int i = 0; i < small.size(); i++) {
            NDArray host = hosts.get(i);
            int size = Math.toIntExact(host.size());
            memory(host).asFloatBuffer().put(values.slice(values.position(), size));
            values.position(values.position() + size);
            if (small.get(i).getDevice().isGpu()) {
                ops.assign(small.get(i), host.toDevice(small.get(i).getDevice(), false));
                host.close();
            }
        }
    }

    /** A tensor's own memory, on the processor. */
    private static ByteBuffer memory(NDArray tensor) {
        return tensor.toByteBuffer(true).order(ByteOrder.nativeOrder());
    }

    private static int elements(ByteBuffer memory) {
        return memory.capacity() / Float.BYTES;
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    private static byte[] array(ByteBuffer buffer, int offset, int length) {
        byte[] all = new byte[length];
        buffer.slice(offset, length).get(all);
        return all;
    }
}
