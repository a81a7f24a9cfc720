"""Moment matching of features: the images drawn of each class should vary as the real pictures of it do.

A discriminator sees one image at a time (or a pair), so it hardly notices if rarer ways of writing a class are drawn too seldom.
The mean and the covariance of a classifier's features over thousands of images show this directly. C. Nogueira dos Santos et al.,
"Learning Implicit Generative Models by Matching Perceptual Features" (2019), sections 2.2 and 2.3, match such moments by moving
averages; here this is done in addition to a discriminator, within each class, and measured as in the Frechet distance (A.
Mathiasen and F. Hvilshoj, "Backpropagating through Frechet Inception Distance", 2020, minimise that by batches).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work
from zscape.models.training.classifiers.classifier import learn_classes
from zscape.models.training.classifiers.classifier_network import FEATURES, Classifier
from zscape.models.training.run.threads import cpu_threads

EPOCHS = 8
"""Epochs of training of the classifier whose features are matched: four minutes on one core for 60,000 digits."""
WINDOW = 1500
"""Approximate number of images of a class that the moving moments cover.

Fewer give a worse estimate of a covariance, more a delayed one, which would make G oscillate.
"""
ENOUGH = WINDOW / 3
"""Minimum number of images of a class before its moments are compared."""
EVERY = 25
"""Steps between two comparisons of the moments."""
FLOOR = 0.01
"""Added to each variance, as a fraction of the mean variance: a feature that is constant in a class has variance 0."""
STRETCH = (0.5, 2.0)
"""Limits of the factors by which the map from drawn to real features may scale a direction."""


class Moments(nn.Module):
    """Means and covariances of the features by class: those of real pictures, and moving ones of drawn images.

    All its state is in tensors, so a resumed run continues exactly. `prepare` must be run to its end first.
    """

    real_mean: Tensor
    real_cov: Tensor
    count: Tensor
    total: Tensor
    products: Tensor
    known: Tensor
    mean: Tensor
    cov_gradient: Tensor
    distance: Tensor
    """Frechet distance within the classes at the last comparison, averaged over classes; NaN before the first."""
    steps: Tensor
    ready: Tensor

    def __init__(self, data: Dataset, classes: int, device: torch.device, seed: int) -> None:
        """data: fitted to the model. Raises ZscapeError for a model without classes."""
        super().__init__()
        if classes < 2:
            raise ZscapeError(
                "moment_weight and class_weight need data with classes, which the features are learnt from: set them to 0."
            )
        self.data, self.classes, self.device, self.seed = data, classes, device, seed
        self.classifier = Classifier(data.image_shape, classes).eval().requires_grad_(False)
        k, d = classes, FEATURES
        for name, shape in (
            ("real_mean", (k, d)),
            ("real_cov", (k, d, d)),
            # Of drawn images, with older ones weighted less: their number, and the sums of their features and of products of
            # these.
            ("count", (k,)),
            ("total", (k, d)),
            ("products", (k, d, d)),
            # At the last comparison: which classes had enough images (1, else 0), their means, and the gradient of the distance
            # by their covariances (see `_compare`).
            ("known", (k,)),
            ("mean", (k, d)),
            ("cov_gradient", (k, d, d)),
        ):
            self.register_buffer(name, torch.zeros(shape))
        self.register_buffer("distance", torch.tensor(math.nan))
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))
        self.register_buffer("ready", torch.zeros((), dtype=torch.int64))
        self.to(device)

    def prepare(self) -> Work[None]:
        """Train the classifier and measure the real pictures; nothing to do if a resumed run restored them."""
        if self.ready:
            return
        # Not the seed of the bundled reference classifiers: a model must not be trained on what later measures it.
        learnt = yield from learn_classes(self.data, EPOCHS, self.seed + 1, "Learning the classes", self.device)
        self.classifier.load_state_dict(learnt.state_dict())
        images = torch.from_numpy(self.data.images).permute(0, 3, 1, 2)
        seen = []
        for start in range(0, len(images), 250):
            with torch.no_grad():
                seen.append(self.classifier.features(images[start : start + 250].to(self.device) / 127.5 - 1))
            yield Progress(len(seen) * 250, len(images), "Measuring the real pictures")
        features, labels = torch.cat(seen), torch.from_numpy(self.data.labels).to(self.device)
        for k in range(self.classes):
            own = features[labels == k]
            # A class with too few pictures gets the moments of all pictures.
            own = own if len(own) > 1 else features
            self.real_mean[k], self.real_cov[k] = own.mean(0), torch.cov(own.T)
        self.ready.fill_(1)

    def class_loss(self, images: Tensor, c: Tensor) -> Tensor:
        """Return the mean cross-entropy of classes c [N, K] for images [N, C, H, W] in [-1, 1]."""
        return cross_entropy(self.classifier.decide(self.classifier.features(images)).float(), c)

    def loss(self, images: Tensor, c: Tensor, start: int = 0) -> tuple[Tensor, Tensor]:
        """Return the losses of the moments and of the class, for images [N, C, H, W] in [-1, 1] drawn of classes c [N, K].

        Minimising the first reduces the Frechet distance within the classes. Its value has no meaning, its gradient is that of
        the distance between the moments; it is 0 until enough was drawn and `compare_when_due` has compared it. The second is the
        mean cross-entropy. start: index of the first image of random latents; the images before it, of latents that an encoder
        found, are not compared.
        """
        features = self.classifier.features(images)
        class_loss = cross_entropy(self.classifier.decide(features).float(), c)
        with torch.autocast(images.device.type, enabled=False):  # sums of many numbers need full precision
            features, c = features[start:].float(), c[start:]
            self._take(features.detach(), c)
            self.steps += 1
            labels = c.argmax(1)
            off = features - self.mean[labels]
            straight = 2 * ((self.mean - self.real_mean)[labels] * features).sum(1)
            spread = (torch.bmm(off[:, None], self.cov_gradient[labels]).squeeze(1) * off).sum(1)
            return ((straight + spread) * self.known[labels]).mean(), class_loss

    def compare_when_due(self) -> None:
        """Compare the moments every EVERY steps; called after a step with `loss`."""
        if self.steps % EVERY == 0:
            with cpu_threads(1):  # small matrices: beside another program, sixteen threads took seconds for them
                self._compare()

    def _take(self, features: Tensor, c: Tensor) -> None:
        """Add drawn features [N, D] of classes c [N, K] to the sums; a rare class decays as slowly as it comes."""
        keep = (1 - c.sum(0) / WINDOW).clamp(min=0)
        self.count.mul_(keep).add_(c.sum(0))
        self.total.mul_(keep[:, None]).add_(c.T @ features)
        by_class = c.T[:, :, None] * features  # [K, N, D]
        self.products.mul_(keep[:, None, None]).add_(by_class.mT @ features)

    def _compare(self) -> None:
        """Compare the moments.

        The gradient of the Frechet distance by the covariance S of drawn images is 1 - T, where T is the map that turns S into
        the real covariance R: T = R^1/2 (R^1/2 S R^1/2)^-1/2 R^1/2 (Dowson and Landau 1982; Peyre and Cuturi, "Computational
        Optimal Transport", 2019, remark 2.31).
        """
        known = self.count > ENOUGH
        if not known.any():
            return
        count = self.count.clamp(min=1)
        mean = self.total / count[:, None]
        cov = self.products / count[:, None, None] - mean[:, :, None] * mean[:, None]
        real = self.real_cov.double().cpu()  # not every device supports double precision
        one = torch.eye(real.shape[1], dtype=torch.float64)
        floor = FLOOR * real.diagonal(dim1=1, dim2=2).mean() * one
        drawn, real = cov.double().cpu() + floor, real + floor
        root = _power(real, 0.5)
        middle = _power(root @ drawn @ root, 0.5)
        there = root @ torch.linalg.inv(middle) @ root
        apart = (drawn + real - 2 * middle).diagonal(dim1=1, dim2=2).sum(1)
        distances = (mean - self.real_mean).square().sum(1).cpu() + apart
        self.distance.copy_(distances[known.cpu()].mean())
        values, vectors = torch.linalg.eigh((there + there.mT) / 2)
        there = (vectors * values.clamp(*STRETCH)[:, None]) @ vectors.mT
        self.known.copy_(known)
        self.mean.copy_(mean)
        self.cov_gradient.copy_(one - there)


def _power(symmetric: Tensor, exponent: float) -> Tensor:
    """Return a power of positive definite matrices [K, D, D]."""
    values, vectors = torch.linalg.eigh(symmetric)
    powered: Tensor = (vectors * values.clamp(min=1e-12).pow(exponent)[:, None]) @ vectors.mT
    return powered
