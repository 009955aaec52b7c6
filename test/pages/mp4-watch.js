/** Loads a clip, seeks to its middle, draws that frame, and plays the last second; answers what was seen. */
window.watch = async (name) => {
  const video = document.createElement("video");
  document.body.replaceChildren(video);
  const next = (event) =>
    new Promise((done, fail) => {
      video.addEventListener(event, () => done(), { once: true });
      video.addEventListener("error", () => fail(new Error(video.error?.message ?? "decode error")), { once: true });
    });
  const loaded = next("loadeddata");
  video.src = `/${name}`;
  await loaded;
  const middle = video.duration / 2;
  const sought = next("seeked");
  const shown = frameNear(video, middle);
  video.currentTime = middle;
  await sought;
  // Sought is not yet shown: a canvas would be given what was there before, or nothing.
  await shown;
  const time = video.currentTime;
  const colours = countColours(video);
  video.muted = true;
  video.playbackRate = 8;
  video.currentTime = video.duration - 1;
  const ended = next("ended");
  await video.play();
  await ended;
  return {
    duration: video.duration,
    width: video.videoWidth,
    height: video.videoHeight,
    time,
    colours,
    soundBytes: video.webkitAudioDecodedByteCount,
    played: video.ended,
    error: video.error?.message ?? null,
  };
};

/** Resolves when the frame of that moment, give or take half a second, is there to be drawn. */
const frameNear = (video, moment) =>
  new Promise((done) => {
    const look = (_now, { mediaTime }) => {
      if (Math.abs(mediaTime - moment) < 0.5) done();
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  });

function countColours(video) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const drawing = canvas.getContext("2d");
  drawing.drawImage(video, 0, 0);
  const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
  return colours.size;
}
