"""Tokenised examples, from the files that all sides read, and the ways to make batches of them."""

import torch
from torch.utils.data import DataLoader, TensorDataset


class Examples:
    """One example a line, tabs between: the label, the number of pieces of the first segment, the ids of all pieces."""

    def __init__(self, task):
        self.regression = task["classes"] == 0
        self.ids, self.first, self.labels = [], [], []
        with open(task["examples"]) as lines:
            for line in lines:
                label, first, ids = line.rstrip("\n").split("\t")
                self.labels.append(float(label))
                self.first.append(int(first))
                self.ids.append([int(piece) for piece in ids.split(" ")])
        self.lengths = [len(ids) for ids in self.ids]

    def __len__(self):
        return len(self.ids)

    def tensors(self, chosen, width):
        """Ids, segments, mask (B, T) and labels (B) of the chosen examples, padded to a width."""
        ids = torch.zeros(len(chosen), width, dtype=torch.long)
        segments = torch.zeros_like(ids)
        mask = torch.zeros_like(ids)
        for row, i in enumerate(chosen):
            length = self.lengths[i]
            ids[row, :length] = torch.tensor(self.ids[i])
            segments[row, self.first[i] : length] = 1
            mask[row, :length] = 1
        labels = torch.tensor([self.labels[i] for i in chosen])
        return ids, segments, mask, labels if self.regression else labels.long()

    def padded(self, batch_size, width, shuffle):
        """A loader of batches that are all padded to the maximum, as the original makes them."""
        dataset = TensorDataset(*self.tensors(range(len(self)), width))
        return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, drop_last=shuffle)


def forever(make):
    """What make() gives, over and over, made anew each time."""
    while True:
        yield from make()
