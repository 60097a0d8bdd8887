import type { Images } from "../../../shared/settings/settings.ts";

/** As the settings take an image (domain/task.ts, `ImageRef`): no leading dash, no white space, no control character. */
const IMAGE = /^[a-z0-9][A-Za-z0-9._/:@-]{0,254}$/;

export type ImageProblem = "imageBad" | "imageTwice";

/** Why an image cannot be allowed, or undefined where it can. */
export function problemOf(image: string, { default: standard, allowed }: Images): ImageProblem | undefined {
  if (!IMAGE.test(image)) return "imageBad";
  return image === standard || allowed.includes(image) ? "imageTwice" : undefined;
}

/** Makes another allowed image the default; the one before stays allowed. */
export function withDefault(images: Images, image: string): Images {
  return { ...images, default: image, allowed: [images.default, ...images.allowed.filter((one) => one !== image)] };
}
