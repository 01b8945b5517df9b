import { isoDate } from '@khamrap/kernel';
import { Diary } from './diary';

const [first, second, third] = ['2024-10-01', '2024-10-02', '2024-10-03'].map(isoDate);

test('days follow each other, and the acts of a stream on one day too, also those that are added on the way', async () => {
  const diary = new Diary();
  const told: string[] = [];
  const tell = (what: string) => async (on: string) => {
    await Promise.resolve();
    told.push(`${on} ${what}`);
  };
  diary.note(second!, 'a', tell('a2'));
  diary.note(first!, 'a', tell('a1'));
  diary.note(first!, 'a', async (on) => {
    await tell('a1 again')(on);
    diary.note(third!, 'a', tell('a3'));
  });
  await diary.live(4);
  expect(told).toEqual(['2024-10-01 a1', '2024-10-01 a1 again', '2024-10-02 a2', '2024-10-03 a3']);
});

test('so many streams go on at once and no more', async () => {
  const diary = new Diary();
  let [running, most] = [0, 0];
  for (let stream = 0; stream < 20; stream++) {
    diary.note(first!, `stream ${stream}`, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    });
  }
  await diary.live(3);
  expect(most).toBe(3);
});
