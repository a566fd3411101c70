import { photoHashesOf } from '@guildhall/documents-contract/from-elsewhere';
import { readReport } from './report';

const OF = { service_code: 'pothole', lat: '53.1', long: '1.95' };
const mistakes = (fields: Readonly<Record<string, string | readonly string[]>>): readonly string[] => {
  try {
    readReport({ ...OF, ...fields });
    return [];
  } catch (error) {
    return (error as { fields: readonly { field: string }[] }).fields.map(({ field }) => field);
  }
};

describe('the fields of a report', () => {
  it('say where in one of three ways', () => {
    expect(readReport({ service_code: 'x', address_string: '1 Mill Lane' })).toMatchObject({ addressString: '1 Mill Lane' });
    expect(readReport({ service_code: 'x', address_id: '0990000000001' })).toMatchObject({ uprn: '990000000001' });
    expect(readReport({ service_code: 'x', 'attribute[uprn]': '990000000001' })).toMatchObject({ uprn: '990000000001' });
    expect(readReport(OF).point).toEqual({ latitude: 53.1, longitude: 1.95 });
  });
  it('are refused with every mistake named at once', () => {
    expect(mistakes({ service_code: '', lat: '100', email: 'x', phone: '1', address_id: 'abc', 'attribute[fixmystreet_id]': 'a b', 'attribute[easting]': 'east', media_url: 'javascript:alert(1)', description: 'x'.repeat(4001), first_name: 'x'.repeat(201) }))
      .toEqual(['service_code', 'lat', 'address_id', 'attribute[fixmystreet_id]', 'attribute[easting]', 'description', 'first_name', 'email', 'phone', 'media_url']);
  });
  it('may be empty where they are not needed: FixMyStreet sends them all', () => {
    expect(mistakes({ email: '', phone: ' ', media_url: '', 'attribute[uprn]': '', 'attribute[easting]': '', address_id: '' })).toEqual([]);
  });
  it.each(['file:///etc/hostname', 'ftp://photos.example/1.jpg', 'http://user:pass@photos.example/', 'data:image/png;base64,', 'data:image/png;base64,%%%', 'data:text/plain,hello', '//photos.example/1.jpg', 'photo.jpg', `https://photos.example/${'x'.repeat(2000)}`])('refuse %s as a photo', (media_url) => {
    expect(mistakes({ media_url })).toEqual(['media_url']);
  });
  it('take at most ten photos', () => {
    expect(mistakes({ media_url: Array.from({ length: 11 }, (_, at) => `https://photos.example/${at}.jpg`) })).toEqual(['media_url']);
  });
  it('read a photo whose plus signs a careless form turned into spaces', () => {
    const [photo] = photoHashesOf(readReport({ ...OF, media_url: 'data:image/png;base64,+/+/' }).media);
    expect(photoHashesOf(readReport({ ...OF, media_url: 'data:image/png;base64, / /' }).media)).toEqual([photo]);
  });
  it('never take a name of an attribute for a part of an object', () => {
    expect(readReport({ ...OF, 'attribute[__proto__]': 'x', 'attribute[constructor]': 'y' }).attributes).toEqual(new Map([['__proto__', ['x']], ['constructor', ['y']]]));
  });
});
