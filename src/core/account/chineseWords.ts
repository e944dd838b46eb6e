/**
 * What Chinese passwords are often made of, in pinyin and in digits that sound like words, most used first: the lists that zxcvbn brings know
 * little of them, and would call "my password 123" very strong.
 */
export const chineseWords = (
  'woaini 5201314 1314520 woaini1314 520 1314 mima wodemima woshi wode aini wobuzhidao buzhidao nihao ' +
  'zhongguo china beijing shanghai guangzhou shenzhen tianjin chongqing chengdu nanjing hangzhou wuhan xian suzhou ' +
  'wang zhang chen yang huang zhao zhou zhu gao guo xiao luo liang song zheng xie tang feng deng cao peng zeng ' +
  'wei fang min jing qiang lei jun yong jie juan tao ming chao xiuying gang ping hui zhangwei wangwei wangfang liwei lina zhangmin lijing liqiang ' +
  'baobei laopo laogong mama baba gege jiejie didi meimei tianshi kuaile xingfu pengyou gongxi facai fafafa 888 666 168 518 zhifubao weixin qianbao zhanghao'
).split(' ')
